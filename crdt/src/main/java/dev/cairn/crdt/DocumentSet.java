package dev.cairn.crdt;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.view.DocumentState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedSet;

/**
 * All documents of a space: integrates changes in any order, makes local changes, and shows the documents.
 *
 * <p>The state depends on nothing but the set of integrated changes. One thread at a time may use a set; the
 * {@link DocumentState}s it returns are immutable and free.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class DocumentSet {
    private DocumentSet() {}

    /** Returns a set without any change. */
    public static DocumentSet create() {
        return new DocumentSet();
    }

    /**
     * Returns the set at a checkpoint. Snapshots of documents are fetched when a document is needed, the history only
     * when a change concurrent with the checkpoint arrives or history is asked for.
     */
    public static DocumentSet open(EngineCheckpoint base, SnapshotSource snapshots, HistorySource history) {
        throw new UnsupportedOperationException();
    }

    /**
     * Integrates changes, in any order of arrival and with any repetition. What is not causally ready is buffered.
     *
     * @throws IllegalStateException while an {@link EditSession} is open
     */
    public Integration integrate(List<? extends ChangeRun> runs) {
        throw new UnsupportedOperationException();
    }

    /** Returns the current version. */
    public Heads heads() {
        throw new UnsupportedOperationException();
    }

    /** Returns what is integrated. */
    public VersionVector version() {
        throw new UnsupportedOperationException();
    }

    /** Returns the Lamport number of the actor's last integrated change, or 0. */
    public long lamportOf(ActorId actor) {
        throw new UnsupportedOperationException();
    }

    /** Returns the names of all documents that any integrated change touches, in the order of their UTF-8 bytes. */
    public SortedSet<String> documentNames() {
        throw new UnsupportedOperationException();
    }

    /** Returns the document as it is now; an unknown one is empty. */
    public DocumentState document(String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns the document as it was at that version.
     *
     * @throws IllegalArgumentException if a head is not integrated
     */
    public DocumentState documentAt(String name, Heads version) {
        throw new UnsupportedOperationException();
    }

    /** Returns what every integrated change did to that document, parents before children. */
    public List<ChangeSummary> changesOf(String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts a local change on top of everything integrated.
     *
     * @param actor who makes the change
     * @param seq its sequence number, one more than the actor's last
     * @param timeMillis the wall time it carries, for display only
     */
    public EditSession begin(ActorId actor, long seq, long timeMillis) {
        throw new UnsupportedOperationException();
    }

    /** Returns the current version with the snapshots of what changed since the last call. */
    public EngineCheckpoint checkpoint() {
        throw new UnsupportedOperationException();
    }

    /** Returns the snapshot of one document as it is now. */
    public ByteBuffer snapshot(String name) {
        throw new UnsupportedOperationException();
    }

    /** Returns the SHA-256 of all documents: equal if and only if visible state and conflicts are equal. */
    public ByteBuffer stateHash() {
        throw new UnsupportedOperationException();
    }

    /** Returns the operations which had no effect because they made no sense at their author's version. */
    public List<InvalidOperation> invalid() {
        throw new UnsupportedOperationException();
    }
}
