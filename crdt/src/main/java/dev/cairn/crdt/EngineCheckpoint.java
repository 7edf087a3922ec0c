package dev.cairn.crdt;

import dev.cairn.crdt.snapshot.SnapshotWriter;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.version.VersionVector;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A version of the whole set from which it can be opened again without its history.
 *
 * @param heads the heads of the version
 * @param version what the version contains
 * @param lamports the Lamport number of each actor's last change
 * @param documents the names of all documents, in the order of their UTF-8 bytes
 * @param changedSnapshots the snapshots of the documents which changed since the last checkpoint of the same set (all
 *     of them the first time); snapshots of the other documents stay as they were; empty when a set is opened from it
 */
public record EngineCheckpoint(
        Heads heads,
        VersionVector version,
        Map<ActorId, Long> lamports,
        SortedSet<String> documents,
        SortedMap<String, ByteBuffer> changedSnapshots) {
    /** The version of the snapshots' layout; those of another one cannot be opened. */
    public static final int SNAPSHOT_VERSION = SnapshotWriter.VERSION;
}
