package dev.cairn.crdt.edit;

import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedSet;

/**
 * A finished local change, ready to be stored; the set has it integrated already unless it is empty.
 *
 * @param change its name
 * @param lamport 1 + the greatest Lamport number among its parents', own previous included
 * @param timeMillis the wall time it was given
 * @param parents the heads of other actors which it saw, sorted
 * @param operations the encoded operations, read-only
 * @param documents the names of the documents it touches
 */
public record LocalChange(
        ChangeId change,
        long lamport,
        long timeMillis,
        List<ChangeId> parents,
        ByteBuffer operations,
        SortedSet<String> documents) {
    /** Tells whether nothing was edited, so that there is nothing to store. */
    public boolean isEmpty() {
        return !operations.hasRemaining();
    }
}
