package dev.cairn.crdt.tree;

import java.util.Arrays;

/** The nodes at one place in their order: in chunks, so that one which comes or goes moves few others. */
final class Siblings {
    private static final int CHUNK = 512;

    private int[][] chunks;
    private int[] sizes;
    private int count;
    private int size;

    /** Takes over nodes which are in order from one index of an array to another. */
    Siblings(int[] nodes, int from, int to) {
        size = to - from;
        count = Math.max(1, (size + CHUNK / 2 - 1) / (CHUNK / 2));
        chunks = new int[count][];
        sizes = new int[count];
        int at = from;
        for (int i = 0; i < count; i++) {
            int end = i == count - 1 ? to : at + CHUNK / 2;
            chunks[i] = Arrays.copyOfRange(nodes, at, end);
            sizes[i] = end - at;
            at = end;
        }
    }

    int size() {
        return size;
    }

    int get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("node " + index + " of " + size);
        }
        if (index > size / 2) {
            int chunk = count - 1;
            int rest = size - index;
            while (rest > sizes[chunk]) {
                rest -= sizes[chunk--];
            }
            return chunks[chunk][sizes[chunk] - rest];
        }
        int rest = index;
        int chunk = 0;
        while (rest >= sizes[chunk]) {
            rest -= sizes[chunk++];
        }
        return chunks[chunk][rest];
    }

    int[] toArray() {
        int[] nodes = new int[size];
        int at = 0;
        for (int i = 0; i < count; i++) {
            System.arraycopy(chunks[i], 0, nodes, at, sizes[i]);
            at += sizes[i];
        }
        return nodes;
    }

    /** Returns the last chunk which starts with a node at or before that one, or the first. */
    private int chunkOf(int node, IntOrder order) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (order.compare(chunks[middle][0], node) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Returns the place in the chunk of the first node which is not before that one. */
    private int indexIn(int chunk, int node, IntOrder order) {
        int low = 0;
        int high = sizes[chunk];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare(chunks[chunk][middle], node) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int indexOf(int node, IntOrder order) {
        int chunk = chunkOf(node, order);
        int index = indexIn(chunk, node, order);
        if (index == sizes[chunk] || chunks[chunk][index] != node) {
            throw new IllegalStateException("node " + node + " is not among its siblings");
        }
        for (int i = 0; i < chunk; i++) {
            index += sizes[i];
        }
        return index;
    }

    void insert(int node, IntOrder order) {
        int chunk = chunkOf(node, order);
        int index = indexIn(chunk, node, order);
        if (sizes[chunk] == chunks[chunk].length) {
            chunks[chunk] = Arrays.copyOf(chunks[chunk], Math.min(CHUNK, Math.max(4, sizes[chunk] * 2)));
        }
        int[] nodes = chunks[chunk];
        System.arraycopy(nodes, index, nodes, index + 1, sizes[chunk] - index);
        nodes[index] = node;
        sizes[chunk]++;
        size++;
        if (sizes[chunk] == CHUNK) {
            split(chunk);
        }
    }

    private void split(int chunk) {
        if (count == chunks.length) {
            chunks = Arrays.copyOf(chunks, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
        }
        System.arraycopy(chunks, chunk + 1, chunks, chunk + 2, count - chunk - 1);
        System.arraycopy(sizes, chunk + 1, sizes, chunk + 2, count - chunk - 1);
        chunks[chunk + 1] = Arrays.copyOfRange(chunks[chunk], CHUNK / 2, CHUNK);
        sizes[chunk + 1] = CHUNK / 2;
        sizes[chunk] = CHUNK / 2;
        count++;
    }

    void remove(int node, IntOrder order) {
        int chunk = chunkOf(node, order);
        int index = indexIn(chunk, node, order);
        if (index == sizes[chunk] || chunks[chunk][index] != node) {
            throw new IllegalStateException("node " + node + " is not among its siblings");
        }
        int[] nodes = chunks[chunk];
        System.arraycopy(nodes, index + 1, nodes, index, sizes[chunk] - index - 1);
        sizes[chunk]--;
        size--;
        if (sizes[chunk] == 0 && count > 1) {
            count--;
            System.arraycopy(chunks, chunk + 1, chunks, chunk, count - chunk);
            System.arraycopy(sizes, chunk + 1, sizes, chunk, count - chunk);
        }
    }
}
