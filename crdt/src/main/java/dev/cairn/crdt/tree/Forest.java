package dev.cairn.crdt.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What every node is below, and who is above whom. */
final class Forest {
    // Whether a node is above another is found by walking up, which is fastest as long as trees are as flat as people
    // make them. When the walks together have taken more than WALK_STEPS steps for each question and 4 for each node,
    // the same forest is kept as a LinkCut, too, which answers in O(log n) however deep the trees are.
    private static final int WALK_STEPS = 48;

    private int[] parents = new int[16];
    private int[] children = new int[16];
    private int size;
    private long steps;
    private long questions;
    private @Nullable LinkCut paths;

    int size() {
        return size;
    }

    /** Adds a node which is nowhere yet. */
    int add() {
        if (size == parents.length) {
            parents = Arrays.copyOf(parents, size * 2);
            children = Arrays.copyOf(children, size * 2);
        }
        parents[size] = MoveTree.NOWHERE;
        if (paths != null) {
            paths.room(size + 2);
        }
        return size++;
    }

    int parent(int node) {
        return parents[node];
    }

    /** Returns how many nodes are directly below that one. */
    int children(int node) {
        return children[node];
    }

    /** Puts a node below another, which is not below it, or to one of the places that are no nodes. */
    void set(int node, int parent) {
        int old = parents[node];
        if (old == parent) {
            return;
        }
        parents[node] = parent;
        if (old >= 0) {
            children[old]--;
            if (paths != null) {
                paths.cut(node + 1);
            }
        }
        if (parent >= 0) {
            children[parent]++;
            if (paths != null) {
                paths.link(node + 1, parent + 1);
            }
        }
    }

    /** Tells whether a node is above another, or the same. */
    boolean isAbove(int node, int other) {
        if (children[node] == 0 || node == other) {
            return node == other;
        }
        LinkCut balanced = balanced();
        if (balanced != null) {
            return balanced.isAbove(node + 1, other + 1);
        }
        int at = other;
        while (at >= 0 && at != node) {
            at = parents[at];
            steps++;
        }
        return at == node;
    }

    /** Returns where the topmost node above that one is, which is no node. */
    int place(int node) {
        LinkCut balanced = balanced();
        if (balanced != null) {
            return parents[balanced.top(node + 1) - 1];
        }
        int at = node;
        while (at >= 0) {
            at = parents[at];
            steps++;
        }
        return at;
    }

    /** Returns the balanced form once it pays. */
    private @Nullable LinkCut balanced() {
        questions++;
        if (paths == null && steps > WALK_STEPS * questions + 4L * size) {
            LinkCut built = new LinkCut();
            built.room(size + 1);
            for (int node = 0; node < size; node++) {
                if (parents[node] >= 0) {
                    built.link(node + 1, parents[node] + 1);
                }
            }
            paths = built;
        }
        return paths;
    }

    /** Returns how many nodes were visited so far. */
    long steps() {
        return steps + (paths == null ? 0 : paths.steps());
    }
}
