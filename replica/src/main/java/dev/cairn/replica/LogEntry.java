package dev.cairn.replica;

import dev.cairn.format.DeviceId;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
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
 * @param documents the documents it changes
 */
public record LogEntry(
        Version.Head id,
        DeviceId device,
        String deviceName,
        long lamport,
        Instant time,
        String message,
        SortedSet<String> documents) {

    public LogEntry {
        documents = Collections.unmodifiableSortedSet(new TreeSet<>(documents));
    }
}
