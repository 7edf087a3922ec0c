package dev.cairn.crdt.graph;

import java.util.Arrays;

/** A growing column of ints. */
public final class IntList {
    private static final int[] EMPTY = {};

    /** Most columns which are not empty have no more: there are several in every small document. */
    private static final int FEW = 2;

    private int[] items = EMPTY;
    private int size;

    /** Appends a number. */
    public void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size == 0 ? FEW : Math.max(8, size + (size >> 1)));
        }
        items[size++] = item;
    }

    /** Returns the number at the index. */
    public int get(int index) {
        return items[index];
    }

    /** Replaces the number at the index. */
    public void set(int index, int item) {
        items[index] = item;
    }

    /** Returns how many numbers there are. */
    public int size() {
        return size;
    }

    /** Forgets everything from that size on. */
    public void truncate(int to) {
        size = to;
    }

    /** Returns the last number. */
    public int last() {
        return items[size - 1];
    }

    /** Returns the index of the last number which is at most {@code item} in an ascending column, or -1. */
    public int floor(int item) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (items[middle] <= item) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** Returns a copy of the numbers. */
    public int[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
