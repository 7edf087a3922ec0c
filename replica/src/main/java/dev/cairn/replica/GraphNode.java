package dev.cairn.replica;

import dev.cairn.format.DeviceId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One change in the graph of all changes, also one which does nothing but join what came before it.
 *
 * @param id the change
 * @param device the device that made it
 * @param deviceName that device's name
 * @param time its author's clock, for display
 * @param message what the author said of it, or empty
 * @param parents the newest changes its author had seen, the own previous one included, sorted
 * @param documents the documents it changes; none if it only joins
 */
public record GraphNode(
        Version.Head id,
        DeviceId device,
        String deviceName,
        Instant time,
        String message,
        List<Version.Head> parents,
        SortedSet<String> documents) {

    public GraphNode {
        parents = List.copyOf(parents);
        documents = Collections.unmodifiableSortedSet(new TreeSet<>(documents));
    }
}
