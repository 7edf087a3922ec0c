package dev.cairn.crdt.version;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Per actor, the highest sequence number up to which all its changes are known; immutable.
 *
 * @param sequences the numbers by actor, only those of at least 1
 */
public record VersionVector(SortedMap<ActorId, Long> sequences) {
    /** The vector which knows nothing. */
    public static final VersionVector NONE = new VersionVector(new TreeMap<>());

    public VersionVector {
        SortedMap<ActorId, Long> copy = new TreeMap<>(sequences);
        copy.values().removeIf(seq -> seq < 1);
        sequences = Collections.unmodifiableSortedMap(copy);
    }

    /** Returns the vector with the given numbers. */
    public static VersionVector of(Map<ActorId, Long> sequences) {
        return new VersionVector(new TreeMap<>(sequences));
    }

    /** Returns the highest contiguous number of that actor, or 0. */
    public long of(ActorId actor) {
        return sequences.getOrDefault(actor, 0L);
    }

    /** Tells whether the change is covered. */
    public boolean contains(ChangeId change) {
        return change.seq() <= of(change.actor());
    }

    /** Tells whether everything the other vector covers is covered here too. */
    public boolean covers(VersionVector other) {
        return other.sequences.entrySet().stream().allMatch(entry -> of(entry.getKey()) >= entry.getValue());
    }
}
