package dev.cairn.crdt.graph;

import java.util.Arrays;

/** A growing column of longs. */
final class LongList {
    private long[] items = new long[8];
    private int size;

    void add(long item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size + (size >> 1));
        }
        items[size++] = item;
    }

    long get(int index) {
        return items[index];
    }

    void set(int index, long item) {
        items[index] = item;
    }

    void truncate(int to) {
        size = to;
    }
}
