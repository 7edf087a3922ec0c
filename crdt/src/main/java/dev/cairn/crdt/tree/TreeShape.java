package dev.cairn.crdt.tree;

import java.util.Arrays;

/**
 * Which node is below which at one moment: the nodes of a place depth-first, those of one parent in their order.
 * Immutable.
 */
public final class TreeShape {
    private final int[] nodes;
    private final int[] parents;
    private final int[] ends;

    private TreeShape(int[] nodes, int[] parents) {
        this.nodes = nodes;
        this.parents = parents;
        this.ends = new int[nodes.length];
        for (int i = nodes.length - 1; i >= 0; i--) {
            ends[i] = Math.max(ends[i], i + 1);
            if (parents[i] >= 0) {
                ends[parents[i]] = Math.max(ends[parents[i]], ends[i]);
            }
        }
    }

    static TreeShape of(SiblingIndex index, int place, int size) {
        int[] nodes = new int[size];
        int[] parents = new int[size];
        int[] waiting = new int[16];
        int[] below = new int[16];
        int depth = 0;
        int count = 0;
        int parent = -1;
        int[] next = index.toArray(place);
        while (true) {
            if (depth + next.length > waiting.length) {
                int capacity = Math.max(depth + next.length, waiting.length * 2);
                waiting = Arrays.copyOf(waiting, capacity);
                below = Arrays.copyOf(below, capacity);
            }
            for (int i = next.length - 1; i >= 0; i--) {
                waiting[depth] = next[i];
                below[depth++] = parent;
            }
            if (depth == 0) {
                return new TreeShape(Arrays.copyOf(nodes, count), Arrays.copyOf(parents, count));
            }
            depth--;
            nodes[count] = waiting[depth];
            parents[count] = below[depth];
            parent = count++;
            next = index.toArray(nodes[parent]);
        }
    }

    /** Tells whether the nodes at the same indexes are below one another. */
    public boolean isLike(TreeShape other) {
        return Arrays.equals(parents, other.parents);
    }

    /** Returns how many nodes there are. */
    public int size() {
        return nodes.length;
    }

    /** Returns the node at the index. */
    public int node(int index) {
        return nodes[index];
    }

    /** Returns the index of the node above the one at the index, or -1. */
    public int parent(int index) {
        return parents[index];
    }

    /** Returns the index behind the last node below the one at the index. */
    public int end(int index) {
        return ends[index];
    }
}
