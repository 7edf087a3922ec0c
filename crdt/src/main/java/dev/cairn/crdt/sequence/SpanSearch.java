package dev.cairn.crdt.sequence;

/**
 * Looks up spans of a {@link SpanTree}, by position in the current version or after everything, and by item; the tree
 * holds what was found.
 */
final class SpanSearch {
    private final SpanTree tree;

    // what findCurrent found last, while nothing changes: whoever looks at a unit often takes it away then
    private int lookedLeaf;
    private int lookedIndex;
    private int lookedOffset;
    private int lookedEnd;

    SpanSearch(SpanTree tree) {
        this.tree = tree;
    }

    /** Finds the first item from a place on which exists at the current version, visible or deleted. */
    boolean findKnown(int fromLeaf, int fromIndex) {
        tree.foundLeaf = fromLeaf;
        for (tree.foundIndex = fromIndex; tree.foundIndex < tree.count[fromLeaf]; tree.foundIndex++) {
            if (tree.state[tree.offset[fromLeaf] + tree.foundIndex] != 0) {
                return true;
            }
        }
        tree.settle();
        int node = fromLeaf;
        for (int h = 0; tree.parent[node] != SpanTree.NONE; h++) {
            int above = tree.parent[node];
            int at = tree.offset[above];
            while (tree.child[at] != node) {
                at++;
            }
            for (at++; at < tree.offset[above] + tree.count[above]; at++) {
                if (tree.known[tree.child[at]] > 0) {
                    findFirstKnown(tree.child[at], h);
                    return true;
                }
            }
            node = above;
        }
        return false;
    }

    private void findFirstKnown(int below, int levels) {
        int node = below;
        for (int h = levels; h > 0; h--) {
            int at = tree.offset[node];
            while (tree.known[tree.child[at]] == 0) {
                at++;
            }
            node = tree.child[at];
        }
        tree.foundLeaf = node;
        tree.foundIndex = 0;
        while (tree.state[tree.offset[node] + tree.foundIndex] == 0) {
            tree.foundIndex++;
        }
    }

    /** Returns how many units before a place are visible after everything. */
    int finalBefore(int leaf, int index) {
        int before = 0;
        for (int at = tree.offset[leaf]; at < tree.offset[leaf] + index; at++) {
            before += tree.gone[at] ? 0 : tree.len[at];
        }
        for (int node = leaf; tree.parent[node] != SpanTree.NONE; node = tree.parent[node]) {
            for (int at = tree.offset[tree.parent[node]]; tree.child[at] != node; at++) {
                before += tree.end[tree.child[at]];
            }
        }
        return before;
    }

    /** Tells whether one item is before another in the tree; SpanTree.NONE stands for the end. */
    boolean isBefore(int a, int b) {
        if (a == b || a == SpanTree.NONE) {
            return false;
        }
        if (b == SpanTree.NONE) {
            return true;
        }
        findId(a);
        int leafA = tree.foundLeaf;
        int indexA = tree.foundIndex;
        int offsetA = tree.foundOffset;
        findId(b);
        if (leafA != tree.foundLeaf) {
            return isLeafBefore(leafA, tree.foundLeaf);
        }
        return indexA != tree.foundIndex ? indexA < tree.foundIndex : offsetA < tree.foundOffset;
    }

    private boolean isLeafBefore(int leafA, int leafB) {
        int a = leafA;
        int b = leafB;
        while (tree.parent[a] != tree.parent[b]) {
            a = tree.parent[a];
            b = tree.parent[b];
        }
        int from = tree.offset[tree.parent[a]];
        while (tree.child[from] != a && tree.child[from] != b) {
            from++;
        }
        return tree.child[from] == a;
    }

    void findCurrent(int position) {
        if (position == tree.lookedAt) {
            tree.foundLeaf = lookedLeaf;
            tree.foundIndex = lookedIndex;
            tree.foundOffset = lookedOffset;
            tree.foundEnd = lookedEnd;
            return;
        }
        descend(position);
        tree.lookedAt = position;
        lookedLeaf = tree.foundLeaf;
        lookedIndex = tree.foundIndex;
        lookedOffset = tree.foundOffset;
        lookedEnd = tree.foundEnd;
    }

    private void descend(int position) {
        tree.settle();
        int node = tree.root;
        int rest = position;
        int before = 0;
        for (int h = tree.height; h > 0; h--) {
            int at = tree.offset[node];
            while (rest >= tree.cur[tree.child[at]]) {
                rest -= tree.cur[tree.child[at]];
                before += tree.end[tree.child[at]];
                at++;
            }
            node = tree.child[at];
        }
        int at = tree.offset[node];
        while (true) {
            if (tree.state[at] == 1) {
                if (rest < tree.len[at]) {
                    break;
                }
                rest -= tree.len[at];
            }
            before += tree.gone[at] ? 0 : tree.len[at];
            at++;
        }
        tree.foundLeaf = node;
        tree.foundIndex = at - tree.offset[node];
        tree.foundOffset = rest;
        tree.foundEnd = before;
    }

    void findFinal(int position) {
        int node = tree.root;
        int rest = position;
        for (int h = tree.height; h > 0; h--) {
            int at = tree.offset[node];
            while (rest >= tree.end[tree.child[at]]) {
                rest -= tree.end[tree.child[at]];
                at++;
            }
            node = tree.child[at];
        }
        int at = tree.offset[node];
        while (tree.gone[at] || rest >= tree.len[at]) {
            rest -= tree.gone[at] ? 0 : tree.len[at];
            at++;
        }
        tree.foundLeaf = node;
        tree.foundIndex = at - tree.offset[node];
        tree.foundOffset = rest;
    }

    void findId(int wanted) {
        if (wanted >= SpanTree.PLACE) {
            findPlaceholder(wanted);
            return;
        }
        int start = tree.startOf(wanted);
        tree.foundLeaf = tree.placeOf[start] >>> SpanTree.LEAF_BITS;
        tree.foundIndex = tree.placeOf[start] & (SpanTree.LEAF - 1);
        tree.foundOffset = wanted - start;
        if (tree.id[tree.found()] != start) {
            int at = tree.offset[tree.foundLeaf];
            while (tree.id[at] != start) {
                at++;
            }
            tree.foundIndex = at - tree.offset[tree.foundLeaf];
            tree.start(start, tree.foundLeaf, tree.foundIndex);
        }
    }

    private void findPlaceholder(int wanted) {
        int leaf = leafOfPlaceholder(wanted - SpanTree.PLACE);
        int at = tree.offset[leaf];
        while (wanted < tree.id[at] || wanted - tree.id[at] >= tree.len[at]) {
            at++;
        }
        tree.foundLeaf = leaf;
        tree.foundIndex = at - tree.offset[leaf];
        tree.foundOffset = wanted - tree.id[at];
    }

    /** Finds the item with which a span starts, from the place right before it in the order of ids. */
    void findNext(int wanted) {
        int at = tree.found() + 1;
        if (tree.foundIndex + 1 < tree.count[tree.foundLeaf] && tree.id[at] == wanted) {
            tree.foundIndex++;
            tree.foundOffset = 0;
        } else {
            findId(wanted);
        }
    }

    private int leafOfPlaceholder(int index) {
        int node = tree.root;
        int rest = index;
        for (int h = tree.height; h > 0; h--) {
            int at = tree.offset[node];
            while (rest >= tree.base[tree.child[at]]) {
                rest -= tree.base[tree.child[at]];
                at++;
            }
            node = tree.child[at];
        }
        return node;
    }
}
