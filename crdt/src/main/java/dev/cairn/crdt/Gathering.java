package dev.cairn.crdt;

import dev.cairn.crdt.version.ActorId;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Changes which come one by one and in any order, made into runs: of consecutive changes of one actor, which lie in
 * memory in the order in which they will be read.
 */
final class Gathering {
    // Each change is read once, in the order of arrival, in which it lies in memory, and copied into columns. When all
    // are here, it is known where each belongs; unless that is how they came, the columns are copied once more, in that
    // order. To integrate changes from where they came from is to wait for memory several times at each of them.

    /** Bytes of operations on which one gathering ends. */
    private static final int ENOUGH = 1 << 24;

    private static final int BYTES_OF_A_CHANGE = 16;

    private final ChangeColumns arrived;
    private final long[] seqs;
    private final int[] slotOf;

    // of each slot: whose it is, and how many changes it has
    private int[] actors = new int[16];
    private ActorId[] ids = new ActorId[16];
    private int[] sizes = new int[16];
    private int slots;

    /** Who gets the runs. */
    interface Receiver {
        void accept(int actor, ChangeRun run);
    }

    /** Gathers at most so many changes. */
    Gathering(int capacity) {
        arrived = new ChangeColumns(capacity, BYTES_OF_A_CHANGE * capacity);
        seqs = new long[capacity];
        slotOf = new int[capacity];
    }

    boolean isFull() {
        return arrived.size() == seqs.length || arrived.bytes() >= ENOUGH;
    }

    /** Returns a slot for changes of an actor which has none. */
    int slot(int actor, ActorId id) {
        if (slots == actors.length) {
            actors = Arrays.copyOf(actors, 2 * slots);
            ids = Arrays.copyOf(ids, 2 * slots);
            sizes = Arrays.copyOf(sizes, 2 * slots);
        }
        actors[slots] = actor;
        ids[slots] = id;
        return slots++;
    }

    /** Adds the only change of a run to the slot of its actor. */
    void add(int slot, ChangeRun run) {
        int at = arrived.size();
        arrived.add(run, 0);
        seqs[at] = run.firstSeq();
        slotOf[at] = slot;
        sizes[slot]++;
    }

    /** Gives everything away, actor by actor, in the order in which they appeared. */
    void giveTo(Receiver receiver) {
        int[] order = bySlot();
        boolean ascending = true;
        int start = 0;
        for (int slot = 0; slot < slots; slot++) {
            ascending &= sort(order, start, start + sizes[slot]);
            start += sizes[slot];
        }
        ChangeColumns columns = ascending ? arrived : arrived.inOrder(order);
        int[] places = ascending ? order : IntStream.range(0, order.length).toArray();
        int from = 0;
        for (int slot = 0; slot < slots; slot++) {
            int end = from + sizes[slot];
            for (int i = from + 1; i <= end; i++) {
                if (i == end || seqs[order[i]] != seqs[order[i - 1]] + 1) {
                    receiver.accept(actors[slot], columns.run(ids[slot], seqs[order[from]], places, from, i));
                    from = i;
                }
            }
        }
    }

    /** Returns the indexes of all changes, slot by slot, and in each in the order of arrival. */
    private int[] bySlot() {
        int[] next = new int[slots];
        for (int slot = 1; slot < slots; slot++) {
            next[slot] = next[slot - 1] + sizes[slot - 1];
        }
        int[] order = new int[arrived.size()];
        for (int i = 0; i < order.length; i++) {
            order[next[slotOf[i]]++] = i;
        }
        return order;
    }

    /** Orders a part of the indexes by the numbers of the changes; tells whether they were in order. */
    private boolean sort(int[] order, int from, int to) {
        long[] numbers = new long[to - from];
        for (int i = from; i < to; i++) {
            numbers[i - from] = seqs[order[i]];
        }
        if (Ascending.is(numbers, numbers.length)) {
            return true;
        }
        int[] arrival = Arrays.copyOfRange(order, from, to);
        int[] ascending = Ascending.order(numbers, numbers.length);
        for (int i = from; i < to; i++) {
            order[i] = arrival[ascending[i - from]];
        }
        return false;
    }
}
