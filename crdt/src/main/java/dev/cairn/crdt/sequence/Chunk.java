package dev.cairn.crdt.sequence;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Up to {@link #CAPACITY} consecutive units of a rope: one byte each as long as all of them fit, else one int each. */
final class Chunk implements Part {
    static final int CAPACITY = 512;
    private static final int SMALLEST = 32;
    private static final int[] NO_INTS = {};
    private static final byte[] NO_BYTES = {};

    // the units are in `bytes` until one comes that does not fit, and in `ints` from then on; the other is empty
    private byte[] bytes = NO_BYTES;
    private int[] ints = NO_INTS;
    private boolean isBroad;
    private int size;

    // units which take two UTF-16 code units, and negative ones, which take none
    private int wide;
    private int anchors;

    private @Nullable Object pinned;

    Chunk() {}

    Chunk(Chunk other) {
        bytes = other.bytes.length == 0 ? NO_BYTES : other.bytes.clone();
        ints = other.ints.length == 0 ? NO_INTS : other.ints.clone();
        isBroad = other.isBroad;
        size = other.size;
        wide = other.wide;
        anchors = other.anchors;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable Object pinned() {
        return pinned;
    }

    @Override
    public void pin(Object made) {
        pinned = made;
    }

    int wide() {
        return wide;
    }

    int anchors() {
        return anchors;
    }

    /** Returns by how much the length in UTF-16 code units differs from the number of units. */
    int extra() {
        return wide - anchors;
    }

    boolean isBroad() {
        return isBroad;
    }

    @Override
    public int get(int at) {
        return isBroad ? ints[at] : bytes[at] & 0xFF;
    }

    /** Inserts units which there is room for. */
    void insert(int at, int[] source, int from, int count) {
        if (!isBroad && !fitsBytes(source, from, count)) {
            broaden();
        }
        open(at, count);
        if (isBroad) {
            System.arraycopy(source, from, ints, at, count);
            count(at, at + count, 1);
        } else {
            for (int i = 0; i < count; i++) {
                bytes[at + i] = (byte) source[from + i];
            }
        }
    }

    private static boolean fitsBytes(int[] source, int from, int count) {
        int all = 0;
        for (int i = from; i < from + count; i++) {
            all |= source[i];
        }
        return (all & ~0xFF) == 0;
    }

    private void broaden() {
        isBroad = true;
        ints = new int[Math.max(SMALLEST, bytes.length)];
        for (int i = 0; i < size; i++) {
            ints[i] = bytes[i] & 0xFF;
        }
        bytes = NO_BYTES;
    }

    /** Makes a gap. */
    private void open(int at, int count) {
        pinned = null;
        int length = isBroad ? ints.length : bytes.length;
        if (size + count > length) {
            grow(Math.min(CAPACITY, Math.max(SMALLEST, Math.max(2 * length, size + count))));
        }
        Object units = isBroad ? ints : bytes;
        System.arraycopy(units, at, units, at + count, size - at);
        size += count;
    }

    private void grow(int capacity) {
        if (isBroad) {
            ints = Arrays.copyOf(ints, capacity);
        } else {
            bytes = Arrays.copyOf(bytes, capacity);
        }
    }

    private void count(int from, int to, int by) {
        int twos = 0;
        int negatives = 0;
        for (int i = from; i < to; i++) {
            int unit = ints[i];
            negatives += unit >>> 31;
            twos += (Character.MIN_SUPPLEMENTARY_CODE_POINT - 1 - unit & ~unit) >>> 31;
        }
        wide += by * twos;
        anchors += by * negatives;
    }

    void delete(int at, int count) {
        pinned = null;
        if (isBroad) {
            count(at, at + count, -1);
        }
        Object units = isBroad ? ints : bytes;
        System.arraycopy(units, at + count, units, at, size - at - count);
        size -= count;
    }

    /** Moves everything from that index on to a new chunk. */
    Chunk split(int keep) {
        pinned = null;
        Chunk rest = new Chunk();
        rest.isBroad = isBroad;
        rest.append(this, keep);
        if (isBroad) {
            count(keep, size, -1);
        }
        size = keep;
        return rest;
    }

    /** Appends what is in another chunk from an index on, which there is room for. */
    void append(Chunk other, int from) {
        if (other.isBroad && !isBroad) {
            broaden();
        }
        int at = size;
        int count = other.size - from;
        open(at, count);
        if (isBroad) {
            for (int i = 0; i < count; i++) {
                ints[at + i] = other.get(from + i);
            }
            count(at, at + count, 1);
        } else {
            System.arraycopy(other.bytes, from, bytes, at, count);
        }
    }

    /** Returns the first index from that one on whose unit is negative, or is not, or {@code to}. */
    int firstAnchor(int from, int to, boolean negative) {
        if (anchors == 0) {
            return negative ? to : from;
        }
        int at = from;
        while (at < to && ints[at] < 0 != negative) {
            at++;
        }
        return at;
    }

    /** Returns the index of the unit that starts at a UTF-16 index of this chunk, or -1 if none does. */
    int fromUtf16(int index) {
        if (!isBroad) {
            return index;
        }
        int at = 0;
        int utf16 = 0;
        while (utf16 < index) {
            utf16 += width(ints[at++]);
        }
        return utf16 == index ? at : -1;
    }

    private static int width(int unit) {
        return unit >= Character.MIN_SUPPLEMENTARY_CODE_POINT ? 2 : unit >= 0 ? 1 : 0;
    }

    /** Visits the negative units, with UTF-16 indexes which begin at that one. */
    void anchors(int fromUtf16, Anchors visitor) {
        int utf16 = fromUtf16;
        for (int i = 0; i < size && anchors > 0; i++) {
            if (ints[i] < 0) {
                visitor.anchor(ints[i], utf16);
            }
            utf16 += width(ints[i]);
        }
    }

    /** Copies all units. */
    void copyTo(int[] target, int at) {
        if (isBroad) {
            System.arraycopy(ints, 0, target, at, size);
        } else {
            for (int i = 0; i < size; i++) {
                target[at + i] = bytes[i] & 0xFF;
            }
        }
    }

    /** Copies all units of a chunk which is not broad. */
    void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, size);
    }

    /** Writes the string; returns the index behind it. */
    int copyTo(char[] target, int from) {
        int at = from;
        for (int i = 0; i < size; i++) {
            int unit = get(i);
            if (unit >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                at += Character.toChars(unit, target, at);
            } else if (unit >= 0) {
                target[at++] = (char) unit;
            }
        }
        return at;
    }

    /** Checks that the counts are right. */
    void check() {
        int wideBefore = wide;
        int anchorsBefore = anchors;
        wide = 0;
        anchors = 0;
        if (isBroad) {
            count(0, size, 1);
        }
        if (wide != wideBefore || anchors != anchorsBefore) {
            throw new IllegalStateException("a chunk of " + wide + " wide units counts " + wideBefore);
        }
    }
}
