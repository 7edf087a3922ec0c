package dev.cairn.crdt.graph;

import java.util.Arrays;

/** A hash map from ints to ints of at least 0, without boxing. */
public final class IntMap {
    /** A power of two. Every text has a map, and most of them one actor. */
    private static final int SMALLEST = 2;

    private int[] keys = new int[SMALLEST];
    private int[] values = filled(SMALLEST);
    private int size;

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, -1);
        return array;
    }

    private static int slot(int key, int mask) {
        int mixed = key * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & mask;
    }

    /** Returns the value of the key, or -1. */
    public int get(int key) {
        int mask = keys.length - 1;
        int i = slot(key, mask);
        while (values[i] >= 0) {
            if (keys[i] == key) {
                return values[i];
            }
            i = (i + 1) & mask;
        }
        return -1;
    }

    /** Sets the value of the key. */
    public void put(int key, int value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int mask = keys.length - 1;
        int i = slot(key, mask);
        while (values[i] >= 0 && keys[i] != key) {
            i = (i + 1) & mask;
        }
        if (values[i] < 0) {
            size++;
        }
        keys[i] = key;
        values[i] = value;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldValues = values;
        keys = new int[oldKeys.length * 2];
        values = filled(keys.length);
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] >= 0) {
                put(oldKeys[i], oldValues[i]);
            }
        }
    }
}
