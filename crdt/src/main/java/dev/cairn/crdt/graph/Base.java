package dev.cairn.crdt.graph;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.version.VersionVector;
import java.util.Map;

/**
 * The version below which a graph knows no single change: that of a checkpoint, or nothing.
 *
 * @param heads its heads
 * @param version what it contains
 * @param lamports the Lamport number of each actor's last change in it
 */
public record Base(Heads heads, VersionVector version, Map<ActorId, Long> lamports) {
    /** The base of a graph which knows everything. */
    public static final Base NONE = new Base(Heads.NONE, VersionVector.NONE, Map.of());

    /** Tells whether there is nothing below. */
    public boolean isNone() {
        return heads.isEmpty();
    }

    /** Returns the Lamport number of a head, or 0 if that change is not a head. */
    long lamportOfHead(ChangeId change) {
        return heads.changes().contains(change) ? lamports.getOrDefault(change.actor(), 0L) : 0;
    }
}
