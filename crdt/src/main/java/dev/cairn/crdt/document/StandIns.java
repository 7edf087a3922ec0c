package dev.cairn.crdt.document;

import java.util.List;

/** Which units of a sequence stand for which others that are gone. */
interface StandIns {
    /** Returns the unit for which a unit stands: itself unless it was brought back. */
    int root(int unit);

    /** Returns all units which stand for the same as that one. */
    List<Integer> standIns(int unit);
}
