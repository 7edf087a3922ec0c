package dev.cairn.replica;

import dev.cairn.crdt.view.ConflictUpdate;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * New changes, told once to each listener after they are durable and visible to readers.
 *
 * @param origin who made them
 * @param version the space's version with these changes
 * @param documents names of the documents which changed
 * @param changes how many changes came
 * @param conflicts what became of the conflicts in these documents, one entry for each in which something did; a badge
 *     that shows how many conflicts a document has is right when it shows {@link ConflictUpdate#open}
 */
public record ChangeEvent(
        Origin origin, Version version, SortedSet<String> documents, long changes, List<ConflictUpdate> conflicts) {
    /** Copies the collections. */
    public ChangeEvent {
        conflicts = List.copyOf(conflicts);
        documents = Collections.unmodifiableSortedSet(new TreeSet<>(documents));
    }

    /** Where changes come from. */
    public enum Origin {
        /** A commit through this {@link Space} object. */
        LOCAL,
        /** Another process of this device. */
        OTHER_PROCESS,
        /** Another device, through the folder. */
        REMOTE
    }
}
