package dev.cairn.crdt.history;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.ChangeSummary;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One change of the whole set: where it stands in the history and what it did.
 *
 * @param change the change
 * @param lamport its Lamport number, greater than that of every change it builds on
 * @param timeMillis its wall time in milliseconds since 1970, for display only
 * @param parents the newest changes its author had seen, the own previous one included, sorted
 * @param documents what it did to each document it touches, by name in the order of the names' UTF-8 bytes
 * @param reversal which change it takes back or makes again, if it does
 */
public record ChangeRecord(
        ChangeId change,
        long lamport,
        long timeMillis,
        List<ChangeId> parents,
        SortedMap<String, ChangeSummary> documents,
        Optional<Reversal> reversal) {
    public ChangeRecord {
        parents = List.copyOf(parents);
        documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
    }
}
