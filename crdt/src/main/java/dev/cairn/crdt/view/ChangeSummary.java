package dev.cairn.crdt.view;

import dev.cairn.crdt.version.ChangeId;

/**
 * One line of a document's log: what a change did to that document, in numbers.
 *
 * @param change the change
 * @param lamport its Lamport number
 * @param timeMillis its wall time in milliseconds since 1970, for display only
 * @param inserted code points and list elements inserted
 * @param deleted code points and list elements deleted
 * @param assigned map keys assigned, new containers included
 * @param removed map keys removed
 * @param increments increments of counters
 */
public record ChangeSummary(
        ChangeId change,
        long lamport,
        long timeMillis,
        int inserted,
        int deleted,
        int assigned,
        int removed,
        int increments) {}
