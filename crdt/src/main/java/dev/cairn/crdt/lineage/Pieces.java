package dev.cairn.crdt.lineage;

import dev.cairn.crdt.sequence.UnitOrder;

/**
 * Pieces which changes insert and delete, each with the number of the operation that inserted it: the units of a text
 * or list, or the elements of a movable list.
 */
interface Pieces {
    /** Returns how many insertions and deletions there are. */
    int operations();

    /** Returns the change of an operation. */
    int lv(int operation);

    /** Returns the piece which an operation deleted, or -1 for an insertion. */
    int target(int operation);

    /** Returns the first operation of a change, or where it would be. */
    int first(int lv);

    /** Returns by piece its place among all others. */
    int[] indexes();

    /** Returns the units of a text or list. */
    static Pieces of(UnitOrder units) {
        return new Pieces() {
            @Override
            public int operations() {
                return units.operations();
            }

            @Override
            public int lv(int operation) {
                return units.lv(operation);
            }

            @Override
            public int target(int operation) {
                return units.target(operation);
            }

            @Override
            public int first(int lv) {
                return units.first(lv);
            }

            @Override
            public int[] indexes() {
                return units.indexes();
            }
        };
    }
}
