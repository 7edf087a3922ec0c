package dev.cairn.crdt.tree;

import java.util.Arrays;

/**
 * Rooted trees which are cut, linked and asked for ancestors in O(log n) amortized steps, however deep they are
 * (Sleator and Tarjan, "A data structure for dynamic trees", 1983, with splay trees).
 */
final class LinkCut {
    // The tree is divided into paths that go down. Each path is a splay tree ordered by depth; "up" of its root is the
    // node above the top of the path, which does not know it as a child. Items are 1, 2, 3, ...; 0 stands for none.
    private int[] left = new int[16];
    private int[] right = new int[16];
    private int[] up = new int[16];
    private long steps;

    /** Makes room for the items below {@code count}; new ones are alone. */
    void room(int count) {
        if (count > up.length) {
            int capacity = Math.max(count, up.length + (up.length >> 1));
            left = Arrays.copyOf(left, capacity);
            right = Arrays.copyOf(right, capacity);
            up = Arrays.copyOf(up, capacity);
        }
    }

    /** Returns how many items were visited so far. */
    long steps() {
        return steps;
    }

    /** Puts an item which has nothing above it below another. */
    void link(int item, int above) {
        access(item);
        up[item] = above;
    }

    /** Takes an item away from what is above it. */
    void cut(int item) {
        access(item);
        up[left[item]] = 0;
        left[item] = 0;
        up[0] = 0;
    }

    /** Tells whether an item is above another, or the same. */
    boolean isAbove(int item, int other) {
        if (item == other) {
            return true;
        }
        access(other);
        splay(item);
        return up[other] != 0;
    }

    /** Returns the topmost item above that one. */
    int top(int item) {
        access(item);
        int top = item;
        while (left[top] != 0) {
            top = left[top];
            steps++;
        }
        splay(top);
        return top;
    }

    /** Makes the way from the top down to the item one path, of which the item is the end and the splay root. */
    private void access(int item) {
        int below = 0;
        for (int next = item; next != 0; next = up[next]) {
            splay(next);
            right[next] = below;
            below = next;
        }
        splay(item);
    }

    private boolean isSplayRoot(int item) {
        int above = up[item];
        return above == 0 || (left[above] != item && right[above] != item);
    }

    private void splay(int item) {
        while (!isSplayRoot(item)) {
            int above = up[item];
            if (!isSplayRoot(above)) {
                boolean straight = (left[above] == item) == (left[up[above]] == above);
                rotate(straight ? above : item);
            }
            rotate(item);
            steps++;
        }
    }

    private void rotate(int item) {
        int above = up[item];
        int top = up[above];
        if (!isSplayRoot(above)) {
            if (left[top] == above) {
                left[top] = item;
            } else {
                right[top] = item;
            }
        }
        int inner;
        if (left[above] == item) {
            inner = right[item];
            left[above] = inner;
            right[item] = above;
        } else {
            inner = left[item];
            right[above] = inner;
            left[item] = above;
        }
        if (inner != 0) {
            up[inner] = above;
        }
        up[above] = item;
        up[item] = top;
    }
}
