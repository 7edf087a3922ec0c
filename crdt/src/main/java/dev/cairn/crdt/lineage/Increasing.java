package dev.cairn.crdt.lineage;

import java.util.Arrays;

/** Finds the most numbers of a sequence that are in ascending order already: what need not be moved to sort it. */
final class Increasing {
    private Increasing() {}

    /** Tells by index which numbers are part of a longest ascending subsequence; negative ones are left out. */
    static boolean[] longest(int[] numbers) {
        int[] before = new int[numbers.length];
        int[] lasts = new int[numbers.length];
        int length = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0) {
                continue;
            }
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (numbers[lasts[middle]] < numbers[i]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : lasts[low - 1];
            lasts[low] = i;
            length = Math.max(length, low + 1);
        }
        boolean[] kept = new boolean[numbers.length];
        for (int i = length == 0 ? -1 : lasts[length - 1]; i >= 0; i = before[i]) {
            kept[i] = true;
        }
        return kept;
    }

    /** Returns for each element of one array its index in another, and -1 where it has none. */
    static int[] indexes(int[] of, int[] in, int numbers) {
        int[] at = new int[numbers];
        Arrays.fill(at, -1);
        for (int i = 0; i < in.length; i++) {
            at[in[i]] = i;
        }
        int[] indexes = new int[of.length];
        for (int i = 0; i < of.length; i++) {
            indexes[i] = at[of[i]];
        }
        return indexes;
    }
}
