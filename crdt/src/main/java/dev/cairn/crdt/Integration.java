package dev.cairn.crdt;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.List;
import java.util.SortedSet;

/**
 * What one call of {@link DocumentSet#integrate} did.
 *
 * @param applied the newly integrated changes, in the order in which they were integrated
 * @param documents the names of the documents which these changes touch, in the order of their UTF-8 bytes
 * @param duplicates how many changes of the input were known already
 * @param refused the changes which this call found invalid; they and what depends on them never apply
 * @param waiting what is buffered after the call, one entry per actor, in the order of their bytes
 */
public record Integration(
        List<Span> applied,
        SortedSet<String> documents,
        long duplicates,
        List<Refusal> refused,
        List<Waiting> waiting) {

    /**
     * Consecutive changes of one actor.
     *
     * @param actor who made them
     * @param from the first sequence number
     * @param to the last sequence number, inclusive
     */
    public record Span(ActorId actor, long from, long to) {}

    /**
     * Changes which wait for one that has not arrived.
     *
     * @param first the first waiting change of its actor
     * @param missing a change which it needs: the actor's own next one, or a parent
     * @param count how many changes of that actor are buffered
     */
    public record Waiting(ChangeId first, ChangeId missing, long count) {}

    /**
     * A change which is invalid on every device.
     *
     * @param change the change
     * @param reason why
     * @param detail what was found, in one line without content
     */
    public record Refusal(ChangeId change, Reason reason, String detail) {}

    /** Why a change is refused. */
    public enum Reason {
        /** The Lamport number is not one more than the greatest among the parents'. */
        LAMPORT,
        /** The parents are unsorted, repeated, too many, or name the actor itself. */
        PARENTS,
        /** The operations are not a valid encoding. */
        OPERATIONS,
        /** A change in its past is refused. */
        DEPENDS_ON_REFUSED
    }
}
