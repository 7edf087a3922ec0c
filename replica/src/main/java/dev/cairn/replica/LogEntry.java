package dev.cairn.replica;

import dev.cairn.crdt.history.Reversal;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.format.DeviceId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One change in the history of a space.
 *
 * @param id the change; {@code new Version(List.of(id))} is the space as its author saw it
 * @param device the device that made it
 * @param deviceName that device's name
 * @param lamport its logical time: greater than that of every change it builds on
 * @param time its author's clock, for display
 * @param message what the author said of it, or empty
 * @param edits what it did to each document it changes
 * @param reversal which change it takes back or makes again, if it does nothing else
 */
public record LogEntry(
        Version.Head id,
        DeviceId device,
        String deviceName,
        long lamport,
        Instant time,
        String message,
        SortedMap<String, ChangeSummary> edits,
        Optional<Reversal> reversal) {

    public LogEntry {
        edits = Collections.unmodifiableSortedMap(new TreeMap<>(edits));
    }

    /** The documents it changes. */
    public SortedSet<String> documents() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(edits.keySet()));
    }
}
