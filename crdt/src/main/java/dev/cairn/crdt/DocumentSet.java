package dev.cairn.crdt;

import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.graph.Base;
import dev.cairn.crdt.log.DocumentLog;
import dev.cairn.crdt.snapshot.SnapshotWriter;
import dev.cairn.crdt.state.ShownDocument;
import dev.cairn.crdt.state.StateHash;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.crdt.view.ConflictUpdate;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.InvalidOperation;
import dev.cairn.crdt.view.KeyOrder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All documents of a space: integrates changes in any order, makes local changes, and shows the documents.
 *
 * <p>The state depends on nothing but the set of integrated changes. One thread at a time may use a set; the
 * {@link DocumentState}s it returns are immutable and free.
 */
public final class DocumentSet {
    private final List<Branch> branches;
    private Timeline timeline;
    private @Nullable HistorySource history;
    private @Nullable LocalSession session;
    private boolean watching;
    private boolean rebuilt;

    private DocumentSet(List<Branch> branches, Timeline timeline, @Nullable HistorySource history) {
        this.branches = branches;
        this.timeline = timeline;
        this.history = history;
    }

    /** Returns a set without any change. */
    public static DocumentSet create() {
        return create(List.of());
    }

    /**
     * Returns a set without any change, for actors some of which are branches of others. An id inside an operation
     * which names an actor may mean a change of a branch of it: the one in the past of the operation's change.
     */
    public static DocumentSet create(List<Branch> branches) {
        List<Branch> known = List.copyOf(branches);
        return new DocumentSet(known, new Timeline(Base.NONE, known), null);
    }

    /**
     * Returns the set at a checkpoint. Snapshots of documents are fetched when a document is needed, the history only
     * when a change concurrent with the checkpoint arrives or history is asked for.
     */
    public static DocumentSet open(EngineCheckpoint base, SnapshotSource snapshots, HistorySource history) {
        return open(base, snapshots, history, List.of());
    }

    /** Returns the set at a checkpoint, for the same branches with which that was made. */
    public static DocumentSet open(
            EngineCheckpoint base, SnapshotSource snapshots, HistorySource history, List<Branch> branches) {
        if (base.heads().isEmpty()) {
            return create(branches);
        }
        List<Branch> known = List.copyOf(branches);
        Timeline timeline = new Timeline(new Base(base.heads(), base.version(), base.lamports()), known);
        for (String document : base.documents()) {
            timeline.documents.addAtBase(document, () -> snapshots.snapshot(document));
        }
        return new DocumentSet(known, timeline, history);
    }

    /**
     * Integrates changes, in any order of arrival and with any repetition. What is not causally ready is buffered.
     *
     * @throws IllegalStateException while an {@link EditSession} is open, or if the history turns out to lack a change
     */
    public Integration integrate(List<? extends ChangeRun> runs) {
        requireNoSession();
        timeline.enqueue(runs);
        timeline.drain();
        if (timeline.needsHistory) {
            try {
                loadHistory();
            } catch (RuntimeException e) {
                timeline.keepPending();
                throw e;
            }
        }
        return timeline.finish();
    }

    private void requireNoSession() {
        if (session != null) {
            throw new IllegalStateException("an edit session is open");
        }
    }

    /**
     * Returns what this set knows of its past. Fetches the history if it is not in memory.
     *
     * @throws IllegalStateException while an {@link EditSession} is open, or if the history turns out to lack a change
     */
    public History history() {
        requireNoSession();
        loadHistory();
        return new History(this);
    }

    /** Returns the integrated changes, all of them. */
    Timeline wholeTimeline() {
        requireNoSession();
        loadHistory();
        return timeline;
    }

    /** Replaces the timeline on top of a checkpoint by one that knows everything. */
    private void loadHistory() {
        HistorySource source = history;
        if (source == null) {
            return;
        }
        Timeline whole = new Timeline(Base.NONE, branches);
        whole.enqueue(source.history());
        whole.drain();
        whole.takeOver(timeline);
        if (!whole.graph.versions().version().covers(timeline.graph.versions().version())) {
            throw new IllegalStateException("the history lacks changes: it reaches "
                    + whole.graph.versions().version() + ", the checkpoint and what came since "
                    + timeline.graph.versions().version());
        }
        // a source may tell of more than was known: what that changed, no snapshot has
        boolean tellsMore = !timeline.graph
                .versions()
                .version()
                .covers(whole.graph.versions().version());
        for (DocumentLog document : timeline.documents.all()) {
            if (!tellsMore && !document.isChanged()) {
                whole.documents.findOrAdd(document.name()).markUnchanged();
            }
        }
        if (watching) {
            whole.documents.watchAs(timeline.documents);
            rebuilt = true;
        }
        timeline = whole;
        history = null;
        timeline.drain();
    }

    /**
     * Notes from now on, or from the end of the open session on, what becomes of conflicts; see {@link #takeConflicts}.
     */
    public void watchConflicts() {
        if (!watching && session == null) {
            timeline.documents.watch();
        }
        watching = true;
    }

    /** Goes on as another set did, in place of which this one is made anew. */
    public void watchConflictsAs(DocumentSet other) {
        if (other.watching) {
            watching = true;
            rebuilt = true;
            timeline.documents.watchAs(other.timeline.documents);
        }
    }

    /**
     * Returns what became of the conflicts in documents which changed since this was asked last, in the order of their
     * names; nothing of those where nothing did. Costs what it takes to read the changes of these documents, and to
     * look where conflicts are suspected.
     *
     * @param documents the documents which changed, all of them: see {@link Integration#documents} and
     *     {@link dev.cairn.crdt.edit.LocalChange#documents}
     */
    public List<ConflictUpdate> takeConflicts(Collection<String> documents) {
        requireNoSession();
        List<ConflictUpdate> updates = new ArrayList<>();
        if (!watching) {
            return updates;
        }
        for (String name : documents) {
            DocumentLog document = timeline.documents.find(name);
            ConflictUpdate update = document == null ? null : document.takeConflicts(timeline.reader);
            if (update != null && !update.isEmpty()) {
                updates.add(update);
            }
        }
        if (rebuilt) {
            rebuilt = false;
            timeline.documents.all().stream().filter(DocumentLog::hasFormer).forEach(DocumentLog::watch);
        }
        return updates;
    }

    /** Returns the current version. */
    public Heads heads() {
        return timeline.graph.versions().heads();
    }

    /** Returns what is integrated. */
    public VersionVector version() {
        return timeline.graph.versions().version();
    }

    /** Returns the Lamport number of the actor's last integrated change, or 0. */
    public long lamportOf(ActorId actor) {
        int index = timeline.graph.findActor(actor);
        return index < 0 ? 0 : timeline.graph.lastLamport(index);
    }

    /** Returns the names of all documents that any integrated change touches, in the order of their UTF-8 bytes. */
    public SortedSet<String> documentNames() {
        return timeline.documents.names();
    }

    private ShownDocument shown(DocumentLog document) {
        return document.shown(timeline.reader);
    }

    private Document empty(String name) {
        return new Document(timeline.graph, timeline.log, name);
    }

    /** Returns the document as it is now; an unknown one is empty. */
    public DocumentState document(String name) {
        requireNoSession();
        DocumentLog document = timeline.documents.find(name);
        return (document == null ? new ShownDocument(empty(name)) : shown(document)).state();
    }

    /**
     * Returns the document as it was at that version.
     *
     * @throws IllegalArgumentException if a head is not integrated
     */
    public DocumentState documentAt(String name, Heads version) {
        requireNoSession();
        loadHistory();
        int[] vector = timeline.graph.versions().vectorOf(version);
        DocumentLog document = timeline.documents.find(name);
        if (document == null) {
            return new ShownDocument(empty(name)).state();
        }
        return new ShownDocument(document.replay(
                        lv -> timeline.graph.seqOf(lv) <= vector[timeline.graph.actorOf(lv)], timeline.reader))
                .state();
    }

    /** Returns what every integrated change did to that document, parents before children. */
    public List<ChangeSummary> changesOf(String name) {
        requireNoSession();
        loadHistory();
        DocumentLog document = timeline.documents.find(name);
        return document == null ? List.of() : document.summaries(lv -> true, timeline.reader);
    }

    /**
     * Starts a local change on top of everything integrated.
     *
     * @param actor who makes the change
     * @param seq its sequence number, one more than the actor's last
     * @param timeMillis the wall time it carries, for display only
     */
    public EditSession begin(ActorId actor, long seq, long timeMillis) {
        requireNoSession();
        int index = timeline.graph.actor(actor);
        if (seq != timeline.graph.known(index) + 1L) {
            throw new IllegalArgumentException(
                    "the next change of " + actor + " is " + (timeline.graph.known(index) + 1L) + ", not " + seq);
        }
        if (timeline.isRefused(index)) {
            throw new IllegalStateException("a change of " + actor + " was refused, so that it can make no other");
        }
        LocalSession started = new LocalSession(this, timeline, new ChangeId(actor, seq), timeMillis);
        session = started;
        return started;
    }

    void sessionOver() {
        session = null;
        if (watching && !timeline.documents.isWatched()) {
            timeline.documents.watch();
        }
    }

    /** Returns the current version with the snapshots of what changed since the last call. */
    public EngineCheckpoint checkpoint() {
        requireNoSession();
        SortedMap<String, ByteBuffer> snapshots = new TreeMap<>(KeyOrder.INSTANCE);
        for (DocumentLog document : timeline.documents.all()) {
            if (document.isChanged() && !document.isBlank()) {
                snapshots.put(document.name(), SnapshotWriter.write(document.live(timeline.reader)));
                document.markUnchanged();
            }
        }
        Map<ActorId, Long> lamports = new HashMap<>();
        for (ActorId actor : version().sequences().keySet()) {
            lamports.put(actor, lamportOf(actor));
        }
        return new EngineCheckpoint(
                heads(),
                version(),
                Collections.unmodifiableMap(lamports),
                documentNames(),
                Collections.unmodifiableSortedMap(snapshots));
    }

    /** Returns the snapshot of one document as it is now; an unknown one is empty. */
    public ByteBuffer snapshot(String name) {
        requireNoSession();
        DocumentLog document = timeline.documents.find(name);
        return SnapshotWriter.write(document == null ? empty(name) : document.live(timeline.reader));
    }

    /** Returns the SHA-256 of all documents: equal if and only if visible state and conflicts are equal. */
    public ByteBuffer stateHash() {
        requireNoSession();
        MessageDigest digest = StateHash.sha256();
        for (String name : documentNames()) {
            DocumentLog document = timeline.documents.find(name);
            if (document != null) {
                shown(document).updateHash(digest);
            }
        }
        return ByteBuffer.wrap(digest.digest()).asReadOnlyBuffer();
    }

    /** Returns the operations which had no effect because they made no sense at their author's version. */
    public List<InvalidOperation> invalid() {
        requireNoSession();
        List<InvalidOperation> invalid = new ArrayList<>();
        for (String name : documentNames()) {
            DocumentLog document = timeline.documents.find(name);
            if (document != null) {
                invalid.addAll(document.live(timeline.reader).invalid());
            }
        }
        return List.copyOf(invalid);
    }
}
