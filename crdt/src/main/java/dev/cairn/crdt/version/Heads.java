package dev.cairn.crdt.version;

import java.util.Collection;
import java.util.List;

/**
 * A version of the set: the changes which no other change of that version has in its past, sorted, without repetition.
 *
 * @param changes the heads, in ascending order; empty for the version before any change
 */
public record Heads(List<ChangeId> changes) {
    /** The version before any change. */
    public static final Heads NONE = new Heads(List.of());

    public Heads {
        changes = changes.stream().sorted().distinct().toList();
    }

    /** Returns the version whose heads are the given changes. */
    public static Heads of(Collection<ChangeId> changes) {
        return new Heads(List.copyOf(changes));
    }

    /** Tells whether this is the version before any change. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
