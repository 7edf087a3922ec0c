package dev.cairn.crdt.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The nodes below every node, at the top and out, each in their order. */
final class SiblingIndex {
    private static final int[] NONE = {};

    private final IntOrder order;

    // by the place they are at: -2 and -1 are no nodes
    private @Nullable Siblings[] lists;

    SiblingIndex(Forest forest, IntOrder order) {
        this.order = order;
        int size = forest.size();
        this.lists = new @Nullable Siblings[size + 2];
        int[] starts = new int[size + 3];
        for (int node = 0; node < size; node++) {
            if (forest.parent(node) != MoveTree.NOWHERE) {
                starts[forest.parent(node) + 3]++;
            }
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] nodes = new int[starts[size + 2]];
        int[] at = starts.clone();
        for (int node = 0; node < size; node++) {
            if (forest.parent(node) != MoveTree.NOWHERE) {
                nodes[at[forest.parent(node) + 2]++] = node;
            }
        }
        for (int i = 0; i < size + 2; i++) {
            if (starts[i + 1] > starts[i]) {
                int[] sorted = IntOrder.sorted(Arrays.copyOfRange(nodes, starts[i], starts[i + 1]), order);
                lists[i] = new Siblings(sorted, 0, sorted.length);
            }
        }
    }

    private @Nullable Siblings at(int parent) {
        return parent + 2 < lists.length ? lists[parent + 2] : null;
    }

    int size(int parent) {
        Siblings siblings = at(parent);
        return siblings == null ? 0 : siblings.size();
    }

    int get(int parent, int index) {
        Siblings siblings = at(parent);
        if (siblings == null) {
            throw new IndexOutOfBoundsException("nothing is below node " + parent);
        }
        return siblings.get(index);
    }

    int[] toArray(int parent) {
        Siblings siblings = at(parent);
        return siblings == null ? NONE : siblings.toArray();
    }

    int indexOf(int parent, int node) {
        Siblings siblings = at(parent);
        if (siblings == null) {
            throw new IllegalStateException("node " + node + " is not below " + parent);
        }
        return siblings.indexOf(node, order);
    }

    /** Takes a node away; the order must still be that in which it was inserted. */
    void remove(int parent, int node) {
        Siblings siblings = at(parent);
        if (siblings == null) {
            throw new IllegalStateException("node " + node + " is not below " + parent);
        }
        siblings.remove(node, order);
    }

    void insert(int parent, int node) {
        if (parent + 2 >= lists.length) {
            lists = Arrays.copyOf(lists, Math.max(parent + 3, lists.length * 2));
        }
        Siblings siblings = lists[parent + 2];
        if (siblings == null) {
            lists[parent + 2] = new Siblings(new int[] {node}, 0, 1);
        } else {
            siblings.insert(node, order);
        }
    }
}
