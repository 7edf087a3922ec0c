package dev.cairn.crdt;

import java.util.stream.IntStream;

/** How to put numbers into ascending order; equal ones stay in the order in which they are. */
final class Ascending {
    /** Room for every number between the least and the greatest is cheaper than sorting, up to so much for each. */
    private static final int SPREAD_MAX = 8;

    private Ascending() {}

    /** Tells whether the first so many numbers ascend. */
    static boolean is(long[] numbers, int count) {
        for (int i = 1; i < count; i++) {
            if (numbers[i] < numbers[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the indexes of the first so many numbers in the order in which these ascend. */
    static int[] order(long[] numbers, int count) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, numbers[i]);
            greatest = Math.max(greatest, numbers[i]);
        }
        int[] order = new int[count];
        long places = greatest - least + 1;
        boolean dense = places > 0 && places <= (long) SPREAD_MAX * count;
        if (dense && spread(numbers, least, new int[(int) places], order)) {
            return order;
        }
        return IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> Long.compare(numbers[a], numbers[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Orders by putting each index at the place of its number; false if two share one. */
    private static boolean spread(long[] numbers, long least, int[] places, int[] order) {
        for (int i = 0; i < order.length; i++) {
            int place = (int) (numbers[i] - least);
            if (places[place] != 0) {
                return false;
            }
            places[place] = i + 1; // 0 is an empty place
        }
        int to = 0;
        for (int place : places) {
            if (place != 0) {
                order[to++] = place - 1;
            }
        }
        return true;
    }
}
