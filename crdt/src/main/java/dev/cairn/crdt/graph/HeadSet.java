package dev.cairn.crdt.graph;

import java.util.Arrays;

/** The changes of a graph which are no parents of others, without an order. */
final class HeadSet {
    /** The run of each local version. */
    private final PackedIntList runOfLv;

    // where among the heads a run's last change is, or -1
    private final IntList headOfRun = new IntList();

    private int[] heads = new int[4];
    private int size;

    // what was before a local change, which may be taken back
    private int[] before = new int[4];
    private int sizeBefore;

    HeadSet(PackedIntList runOfLv) {
        this.runOfLv = runOfLv;
    }

    int size() {
        return size;
    }

    /** Returns the local version of one head. */
    int get(int index) {
        return heads[index];
    }

    /** Notes that the last run has one change more. */
    void continued(int lv) {
        heads[headOfRun.last()] = lv;
    }

    /** Notes that a run starts with a change, whose parents were {@link #seen}. */
    void started(int lv) {
        headOfRun.add(size);
        add(lv);
    }

    /** Notes that a change is a parent, and so no head any longer. */
    void seen(int lv) {
        int run = runOfLv.get(lv);
        int head = headOfRun.get(run);
        if (head >= 0 && heads[head] == lv) {
            headOfRun.set(run, -1);
            size--;
            if (head < size) {
                heads[head] = heads[size];
                headOfRun.set(runOfLv.get(heads[head]), head);
            }
        }
    }

    private void add(int lv) {
        if (size == heads.length) {
            heads = Arrays.copyOf(heads, 2 * size);
        }
        heads[size++] = lv;
    }

    /** Remembers the heads before a change which may be taken back. */
    void remember() {
        if (before.length < size) {
            before = new int[heads.length];
        }
        System.arraycopy(heads, 0, before, 0, size);
        sizeBefore = size;
    }

    /** Forgets a run. */
    void ended(int run) {
        headOfRun.truncate(run);
    }

    /** Has the heads again which were remembered. */
    void restore() {
        size = 0;
        for (int i = 0; i < sizeBefore; i++) {
            headOfRun.set(runOfLv.get(before[i]), i);
            add(before[i]);
        }
    }
}
