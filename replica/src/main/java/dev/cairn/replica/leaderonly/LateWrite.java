package dev.cairn.replica.leaderonly;

import dev.cairn.crdt.view.Value;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A write of which a later leader did not know when it began to write: kept aside until somebody decides.
 *
 * @param name its name
 * @param edits what it assigns to keys; nothing for a key which it removes
 * @param state what was decided
 */
public record LateWrite(WriteName name, SortedMap<String, Optional<Value>> edits, State state) {
    /** Copies the edits. */
    public LateWrite {
        edits = Collections.unmodifiableSortedMap(new TreeMap<>(edits));
    }

    /** What was decided about a late write. */
    public enum State {
        /** Nothing yet: it has no effect. */
        PENDING,
        /** It counts, as if it had been written when it was accepted. */
        ACCEPTED,
        /** It has no effect, for good. */
        DISMISSED
    }
}
