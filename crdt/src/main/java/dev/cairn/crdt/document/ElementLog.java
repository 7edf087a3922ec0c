package dev.cairn.crdt.document;

import dev.cairn.crdt.graph.IntList;

/** The insertions and deletions of a movable list's elements, one after another, in ascending order of changes. */
public final class ElementLog {
    private static final int NONE = -1;

    // by operation: its change, and the element; deletions have the complement
    private final IntList lvs = new IntList();
    private final IntList elements = new IntList();

    // by element: the operation which inserted it
    private final IntList insertions = new IntList();

    void inserted(int lv) {
        lvs.add(lv);
        elements.add(insertions.size());
        insertions.add(lvs.size() - 1);
    }

    void deleted(int lv, int element) {
        lvs.add(lv);
        elements.add(~element);
    }

    /** Returns how many operations inserted or deleted elements. */
    public int operations() {
        return lvs.size();
    }

    /** Returns how many elements there ever were. */
    public int elementCount() {
        return insertions.size();
    }

    /** Returns the change of an operation. */
    public int lv(int operation) {
        return lvs.get(operation);
    }

    /** Returns the piece which an element is: the operation that inserted it. */
    public int pieceOf(int element) {
        return insertions.get(element);
    }

    /** Returns the element which an operation inserted. */
    public int elementOf(int piece) {
        return elements.get(piece);
    }

    /** Returns the piece which an operation deleted, or -1 for an insertion. */
    public int target(int operation) {
        int element = elements.get(operation);
        return element < 0 ? insertions.get(~element) : NONE;
    }

    /** Returns the first operation of a change, or where it would be. */
    public int first(int lv) {
        int low = 0;
        int high = lvs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lvs.get(middle) < lv) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
