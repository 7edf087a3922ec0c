package dev.cairn.crdt.lineage;

import java.util.List;

/** Which units of a sequence stand for which others that are gone. */
public interface StandIns {
    /** Returns the unit for which a unit stands: itself unless it was brought back. */
    int root(int unit);

    /** Returns all units which stand for the same as that one. */
    List<Integer> standIns(int unit);
}
