package dev.cairn.crdt.tree;

/** A total order of ints which are numbers of things. */
interface IntOrder {
    /** Compares the things with those numbers. */
    int compare(int a, int b);

    /** Sorts by natural merging: in linear time what is sorted, in O(n log k) what is made of k sorted stretches. */
    static int[] sorted(int[] items, IntOrder order) {
        int[] starts = new int[items.length + 1];
        int count = stretches(items, order, starts);
        int[] from = items;
        int[] to = count > 1 ? new int[items.length] : items;
        while (count > 1) {
            int merged = 0;
            for (int i = 0; i < count; i += 2) {
                int end = i + 2 <= count ? starts[i + 2] : starts[i + 1];
                merge(from, starts[i], starts[i + 1], end, to, order);
                starts[merged++] = starts[i];
            }
            starts[merged] = items.length;
            count = merged;
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static int stretches(int[] items, IntOrder order, int[] starts) {
        int count = 0;
        for (int i = 0; i < items.length; i++) {
            if (i == 0 || order.compare(items[i - 1], items[i]) > 0) {
                starts[count++] = i;
            }
        }
        starts[count] = items.length;
        return count;
    }

    private static void merge(int[] from, int start, int middle, int end, int[] to, IntOrder order) {
        int a = start;
        int b = middle;
        for (int i = start; i < end; i++) {
            boolean first = b >= end || (a < middle && order.compare(from[a], from[b]) <= 0);
            to[i] = first ? from[a++] : from[b++];
        }
    }
}
