package dev.cairn.crdt.sequence;

/** The order of items: where a unit goes among those which its author did not know. */
final class ItemOrder {
    // THE ORDER (quoted by the specification).
    //
    // Every inserted unit x has a left origin L(x) and a right parent R(x), fixed at its author's version:
    //   L(x) = the visible unit before the position, or START at position 0; a unit which is not the first of its
    //          insertion has the one before it as left origin, and no right parent;
    //   n    = the first unit behind L(x) which exists at the author's version, visible or deleted;
    //   R(x) = n if n exists and L(n) = L(x), else END.
    // A unit x is placed among the units which its author did not know, as follows. Let c be the place right behind
    // L(x). Walk over the unknown units o behind c, up to the next unit which the author knew:
    //   - if L(o) is before L(x): stop;
    //   - if L(o) is behind L(x): o belongs to a unit already walked over; go on;
    //   - if L(o) = L(x): if R(o) = R(x): stop if (class(x), actor(x)) < (class(o), actor(o)), else c := behind o
    //                                     and its run; anchors which cling to the left are class 0, those which cling
    //                                     to the right class 2, everything else is class 1; actors compare as bytes
    //                     if R(o) is before R(x): walk on without moving c (until the next of these cases);
    //                     if R(o) is behind R(x): c := behind o and its run.
    // x goes to c. "Before" and "behind" mean the order of the tree; END is behind everything.
    //
    // If R(x) is a unit, then everything that can stand between x and R(x) is in the left subtree of R(x), which ends
    // right before R(x). So the walk goes from there backwards, and does not meet what others, at any length, have put
    // between L(x) and that subtree.

    /** Decides between two units of different classes or actors, both inserted at the same place. */
    interface Ties {
        boolean before(int unit, int other);
    }

    private final SpanTree tree;
    private final SpanSearch search;
    private final Ties ties;
    private long steps;

    // the place which was found: where the unit goes, how many units before it are visible after everything, and its
    // right parent
    int placeLeaf;
    int placeIndex;
    int placeEnd;
    int placeRight;

    ItemOrder(SpanTree tree, SpanSearch search, Ties ties) {
        this.tree = tree;
        this.search = search;
        this.ties = ties;
    }

    /** Returns how many spans were walked over. */
    long steps() {
        return steps;
    }

    /** Finds the place, right behind a left origin, of a unit which is made at the current version. */
    void find(int leaf, int index, int unit, int leftOrigin, int atEnd) {
        boolean isLast = !search.findKnown(leaf, index);
        int at = tree.found();
        if (isLast || tree.left[at] != leftOrigin) {
            placeForwards(leaf, index, unit, leftOrigin, atEnd);
        } else if (tree.foundLeaf == leaf && tree.foundIndex == index) {
            placeAt(leaf, index, atEnd, tree.id[at]);
        } else {
            placeBackwards(unit, leftOrigin, tree.id[at]);
        }
    }

    private void placeAt(int leaf, int index, int atEnd, int rightParent) {
        placeLeaf = leaf;
        placeIndex = index;
        placeEnd = atEnd;
        placeRight = rightParent;
    }

    /** Finds the place of a unit without a right parent. */
    private void placeForwards(int leaf, int index, int unit, int leftOrigin, int atEnd) {
        placeAt(leaf, index, atEnd, SpanTree.NONE);
        int scanLeaf = leaf;
        int scanIndex = index;
        int scanEnd = atEnd;
        boolean scanning = false;
        while (true) {
            while (scanIndex == tree.count[scanLeaf] && tree.next[scanLeaf] != SpanTree.NONE) {
                scanLeaf = tree.next[scanLeaf];
                scanIndex = 0;
            }
            int at = tree.offset[scanLeaf] + scanIndex;
            if (scanIndex == tree.count[scanLeaf] || tree.state[at] != 0) {
                return;
            }
            if (tree.left[at] == leftOrigin) {
                scanning = tree.right[at] != SpanTree.NONE;
                if (!scanning && ties.before(unit, tree.id[at])) {
                    return;
                }
            } else if (tree.left[at] == SpanTree.NONE
                    || (leftOrigin != SpanTree.NONE && search.isBefore(tree.left[at], leftOrigin))) {
                return;
            }
            steps++;
            scanEnd += tree.gone[at] ? 0 : tree.len[at];
            scanIndex++;
            if (!scanning) {
                placeAt(scanLeaf, scanIndex, scanEnd, SpanTree.NONE);
            }
        }
    }

    /** Finds the place of a unit before its right parent, which was found. */
    private void placeBackwards(int unit, int leftOrigin, int rightParent) {
        int scanLeaf = tree.foundLeaf;
        int scanIndex = tree.foundIndex;
        int scanEnd = search.finalBefore(scanLeaf, scanIndex);
        placeAt(scanLeaf, scanIndex, scanEnd, rightParent);
        while (true) {
            while (scanIndex == 0 && tree.previous[scanLeaf] != SpanTree.NONE) {
                scanLeaf = tree.previous[scanLeaf];
                scanIndex = tree.count[scanLeaf];
            }
            int at = tree.offset[scanLeaf] + scanIndex - 1;
            if (scanIndex == 0 || tree.state[at] != 0) {
                return;
            }
            steps++;
            scanEnd -= tree.gone[at] ? 0 : tree.len[at];
            scanIndex--;
            if (tree.left[at] == leftOrigin) {
                boolean isBehind = tree.right[at] == rightParent
                        ? ties.before(unit, tree.id[at])
                        : tree.right[at] != SpanTree.NONE && search.isBefore(tree.right[at], rightParent);
                if (!isBehind) {
                    return;
                }
                placeAt(scanLeaf, scanIndex, scanEnd, rightParent);
            } else if (tree.left[at] == SpanTree.NONE
                    || (leftOrigin != SpanTree.NONE && search.isBefore(tree.left[at], leftOrigin))) {
                return;
            }
        }
    }
}
