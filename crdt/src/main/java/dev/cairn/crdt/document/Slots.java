package dev.cairn.crdt.document;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;

/** The elements of a movable list and all places which they were ever given, in columns (SPEC 12.6). */
public final class Slots {
    // slot      0   1   2   3 ...   the (lv, index) of the INSERT or MOVE that made it, the element that it is for,
    //                               and the slot which that element had got before it: a chain per element
    // element   0   1   2 ...       what its INSERT assigned, its first slot, its last slot, and its greatest one,
    //                               which is where it stands
    /** No slot. */
    public static final int NONE = -1;

    private final EventGraph graph;
    private final IntList elementOf = new IntList();
    private final IntList lv = new IntList();
    private final IntList index = new IntList();
    private final IntList before = new IntList();

    private final IntList content = new IntList();
    private final IntList first = new IntList();
    private final IntList last = new IntList();
    private final IntList greatest = new IntList();

    Slots(EventGraph graph) {
        this.graph = graph;
    }

    /** Adds an element with the slot which its INSERT made; returns the element. */
    int addElement(int inserted, int byLv, int byIndex) {
        int slot = elementOf.size();
        int element = first.size();
        add(element, byLv, byIndex, NONE);
        content.add(inserted);
        first.add(slot);
        last.add(slot);
        greatest.add(slot);
        return element;
    }

    private void add(int element, int byLv, int byIndex, int previous) {
        elementOf.add(element);
        lv.add(byLv);
        index.add(byIndex);
        before.add(previous);
    }

    /** Adds a slot which a MOVE made and returns it; the element stands there if it is the greatest. */
    int addSlot(int element, int byLv, int byIndex) {
        int slot = elementOf.size();
        add(element, byLv, byIndex, last.get(element));
        last.set(element, slot);
        int best = greatest.get(element);
        int order = graph.compare(byLv, lv.get(best));
        if (order > 0 || (order == 0 && byIndex > index.get(best))) {
            greatest.set(element, slot);
        }
        return slot;
    }

    /** Adds a slot below the base, where the element does not stand. */
    public int addStale(int element) {
        int slot = elementOf.size();
        add(element, lv(element), index(element), NONE);
        return slot;
    }

    /** Returns how many elements there ever were. */
    public int elements() {
        return first.size();
    }

    /** Returns the element which a slot is of. */
    public int elementOf(int slot) {
        return elementOf.get(slot);
    }

    /** Returns the slot where an element stands. */
    public int greatest(int element) {
        return greatest.get(element);
    }

    /** Returns what the INSERT of an element assigned: the address of a scalar, or the complement of a container. */
    public int content(int element) {
        return content.get(element);
    }

    void setContent(int element, int inserted) {
        content.set(element, inserted);
    }

    /** Returns the change which inserted an element. */
    public int lv(int element) {
        return lv.get(first.get(element));
    }

    /** Returns the index of the operation which inserted an element. */
    public int index(int element) {
        return index.get(first.get(element));
    }

    /** Returns how many slots there ever were. */
    public int size() {
        return elementOf.size();
    }

    /** Returns the slot which the INSERT of an element made. */
    public int first(int element) {
        return first.get(element);
    }

    /** Returns the index of the operation which made a slot. */
    int indexOfSlot(int slot) {
        return index.get(slot);
    }

    /** Compares two slots of one element: it stands in the greater one. */
    public int compare(int a, int b) {
        int order = graph.compare(lv.get(a), lv.get(b));
        return order != 0 ? order : Integer.compare(index.get(a), index.get(b));
    }

    /** Returns the slot which the last MOVE of an element to be applied made, or NONE if it was never moved. */
    public int lastMove(int element) {
        return move(last.get(element));
    }

    /** Returns the slot of the move of the same element that was applied before that one, or NONE. */
    public int moveBefore(int slot) {
        return move(before.get(slot));
    }

    private int move(int slot) {
        return before.get(slot) == NONE ? NONE : slot;
    }

    /** Returns the change which made a slot. */
    public int lvOfSlot(int slot) {
        return lv.get(slot);
    }
}
