package dev.cairn.crdt.view;

import dev.cairn.crdt.version.ChangeId;

/**
 * One line of a document's log: what a change did to that document, in numbers.
 *
 * @param change the change
 * @param lamport its Lamport number
 * @param timeMillis its wall time in milliseconds since 1970, for display only
 * @param inserted code points and list elements inserted
 * @param deleted code points and list elements deleted, the ends of marks among the code points counted as well
 * @param assigned map keys, registers and elements of movable lists assigned, new containers included
 * @param removed map keys removed and registers cleared
 * @param increments increments of counters
 * @param moved elements of movable lists moved
 * @param marked marks made or taken off texts
 * @param placed nodes of trees made or moved
 * @param dropped nodes of trees taken out, and what was lost in deleted elements of lists dismissed
 */
public record ChangeSummary(
        ChangeId change,
        long lamport,
        long timeMillis,
        int inserted,
        int deleted,
        int assigned,
        int removed,
        int increments,
        int moved,
        int marked,
        int placed,
        int dropped) {}
