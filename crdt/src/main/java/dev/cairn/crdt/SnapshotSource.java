package dev.cairn.crdt;

import java.nio.ByteBuffer;

/** Where a set which was opened from a checkpoint fetches the snapshot of a document, at most once per document. */
@FunctionalInterface
public interface SnapshotSource {
    /**
     * Returns the snapshot of that document exactly as {@link EngineCheckpoint#changedSnapshots()} gave it. Other bytes
     * make whoever needs the document fail with {@link dev.cairn.crdt.codec.MalformedOperationsException}.
     */
    ByteBuffer snapshot(String document);
}
