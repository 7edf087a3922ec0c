package dev.cairn.format.columns;

import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Different stretches of one array of bytes in the order in which they first occur: a {@link Dictionary} of names,
 * which are many and short, without an object for each.
 *
 * <p>The table is open; a name which finds no free slot within {@link #PROBES_MAX} is kept in a tree, so that names
 * which were chosen to fall on one slot cost a logarithm and no walk over all of them.
 */
final class Names {
    private static final int PROBES_MAX = 64;

    private final byte[] bytes;
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private int[] hashes = new int[16];
    private int size;

    /** One more than the number of a name; 0 is free. At most half of the slots are taken. */
    private int[] slots = new int[32];

    private final Map<Bytes, Integer> crowded = new TreeMap<>();

    Names(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Where the name of that number begins. */
    int start(int number) {
        return starts[number];
    }

    /** How many bytes the name of that number has. */
    int length(int number) {
        return lengths[number];
    }

    /** The number of a name, or -1 if it is new. */
    int find(int from, int length) {
        int hash = hash(from, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (int probes = 0; probes < PROBES_MAX; probes++) {
            int number = slots[slot] - 1;
            if (number < 0 || (hashes[number] == hash && isEqual(number, from, length))) {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        return crowded.getOrDefault(Bytes.copyOf(bytes, from, length), -1);
    }

    /** Takes up a name which is new; returns its number, {@link Dictionary#ENTRIES_MAX} if there are as many. */
    int add(int from, int length) {
        if (size == Dictionary.ENTRIES_MAX) {
            return Dictionary.ENTRIES_MAX;
        }
        if (size == starts.length) {
            grow();
        }
        starts[size] = from;
        lengths[size] = length;
        hashes[size] = hash(from, length);
        place(size);
        return size++;
    }

    /** Takes up a name which a reader was told to be new. */
    int addNew(int from, int length) throws MalformedException {
        if (find(from, length) >= 0) {
            throw new MalformedException("an entry twice in a dictionary");
        }
        return add(from, length);
    }

    /** The number that a reference other than 0 stands for. */
    int number(long reference) throws MalformedException {
        if (reference < 1 || reference > size) {
            throw new MalformedException("entry " + reference + " of a dictionary of " + size);
        }
        return (int) (reference - 1);
    }

    private void grow() {
        starts = Arrays.copyOf(starts, 2 * size);
        lengths = Arrays.copyOf(lengths, 2 * size);
        hashes = Arrays.copyOf(hashes, 2 * size);
        slots = new int[4 * size];
        crowded.clear();
        for (int number = 0; number < size; number++) {
            place(number);
        }
    }

    private void place(int number) {
        int mask = slots.length - 1;
        int slot = hashes[number] & mask;
        for (int probes = 0; probes < PROBES_MAX; probes++) {
            if (slots[slot] == 0) {
                slots[slot] = number + 1;
                return;
            }
            slot = (slot + 1) & mask;
        }
        crowded.put(Bytes.copyOf(bytes, starts[number], lengths[number]), number);
    }

    private boolean isEqual(int number, int from, int length) {
        int start = starts[number];
        return Arrays.equals(bytes, start, start + lengths[number], bytes, from, from + length);
    }

    private int hash(int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
