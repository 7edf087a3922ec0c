package dev.cairn.crdt;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.editing.Editing;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.history.Reversal;
import dev.cairn.crdt.lineage.Past;
import dev.cairn.crdt.log.ChangeReader;
import dev.cairn.crdt.log.DocumentLog;
import dev.cairn.crdt.reversal.Restoring;
import dev.cairn.crdt.reversal.TakingBack;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.KeyOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A local change in the making: it is in the graph from the start, and taken out again if it comes to nothing. */
final class LocalSession implements EditSession {
    private final DocumentSet set;
    private final Timeline timeline;
    private final ChangeId change;
    private final List<ChangeId> parents;
    private final int lv;

    /** The document which was edited first, and mostly is the only one. */
    private @Nullable Editing first;

    /** All documents, once there are several. */
    private @Nullable SortedMap<String, Editing> edited;

    private boolean open = true;

    LocalSession(DocumentSet set, Timeline timeline, ChangeId change, long timeMillis) {
        this.set = set;
        this.timeline = timeline;
        this.change = change;
        int actor = timeline.graph.actor(change.actor());
        this.parents = timeline.graph.versions().headsOfOthers(actor);
        this.lv = timeline.graph.addLocal(actor, parents, timeMillis);
    }

    @Override
    public DocumentEditor on(String document) {
        requireOpen();
        return editing(document);
    }

    private Editing editing(String document) {
        Editing known = find(document);
        if (known != null) {
            return known;
        }
        DocumentLog log = timeline.documents.findOrAdd(document);
        Editing one = first;
        if (one == null) {
            Editing editing = new Editing(log, lv, timeline.reader, timeline.writer.reset());
            first = editing;
            return editing;
        }
        SortedMap<String, Editing> all = edited;
        if (all == null) {
            all = new TreeMap<>(KeyOrder.INSTANCE);
            all.put(one.log().name(), one);
            edited = all;
        }
        Editing editing = new Editing(log, lv, timeline.reader, new OperationWriter());
        all.put(document, editing);
        return editing;
    }

    private @Nullable Editing find(String document) {
        if (first != null && first.log().name().equals(document)) {
            return first;
        }
        return edited == null ? null : edited.get(document);
    }

    /** Returns what was edited, in the order of the documents' names. */
    private Collection<Editing> all() {
        if (edited != null) {
            return edited.values();
        }
        return first == null ? List.of() : List.of(first);
    }

    @Override
    public List<LeftAlone> takeBack(ChangeId other) {
        return takeBack(other, false);
    }

    @Override
    public List<LeftAlone> makeAgain(ChangeId other) {
        return takeBack(other, true);
    }

    private List<LeftAlone> takeBack(ChangeId other, boolean again) {
        requireOpen();
        requireHistory(first == null);
        int changeLv = integrated(other);
        ChangeReader changes = new ChangeReader(timeline.graph, timeline.log, timeline.reader);
        Optional<Reversal> mark = changes.reversal(changeLv);
        if (mark.isPresent()) {
            return takeBack(mark.get().change(), mark.get().again() == again);
        }
        List<LeftAlone> left = new ArrayList<>();
        for (String document : changes.record(changeLv).documents().keySet()) {
            Past past = timeline.past(document).orElseThrow();
            if (past.isTakenBack(changeLv) != again) {
                throw new IllegalArgumentException(
                        again
                                ? "change " + other + " is not taken back"
                                : "change " + other + " is taken back already");
            }
            left.addAll(TakingBack.apply(past, editing(document), changeLv, again));
        }
        return List.copyOf(left);
    }

    private int integrated(ChangeId other) {
        int actor = timeline.graph.findActor(other.actor());
        boolean here = actor >= 0 && other.seq() <= timeline.graph.known(actor) && !other.equals(change);
        if (!here) {
            throw new IllegalArgumentException("this change is not here: " + other);
        }
        return timeline.graph.lvOf(actor, (int) other.seq());
    }

    private void requireHistory(boolean unedited) {
        if (!timeline.graph.base().isNone()) {
            throw new IllegalStateException("the history is not in memory: ask for it before the session starts");
        }
        if (!unedited) {
            throw new IllegalStateException("change " + change + " has edits already");
        }
    }

    @Override
    public void restore(String document, Heads version) {
        requireOpen();
        requireHistory(find(document) == null);
        int[] vector = timeline.graph.versions().vectorOf(version);
        timeline.past(document)
                .ifPresent(past -> Restoring.apply(
                        past,
                        editing(document),
                        seen -> timeline.graph.seqOf(seen) <= vector[timeline.graph.actorOf(seen)]));
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the edit session of change " + change + " is over");
        }
    }

    @Override
    public LocalChange finish() {
        requireOpen();
        Editing one = first;
        if (one == null || edited != null) {
            return finishAll();
        }
        ByteSink operations = one.finish();
        if (operations.length() == 0) {
            return nothing();
        }
        int address = timeline.storeLocal(operations, one.isPlain());
        one.log().appendLocal(lv, address);
        return made(address, operations.length(), timeline.documents.nameAlone(one.log()));
    }

    private LocalChange finishAll() {
        ByteSink operations = new ByteSink();
        List<DocumentLog> logs = new ArrayList<>();
        IntList starts = new IntList();
        SortedSet<String> documents = new TreeSet<>(KeyOrder.INSTANCE);
        for (Editing editing : all()) {
            ByteSink part = editing.finish();
            if (part.length() > 0) {
                logs.add(editing.log());
                starts.add(operations.length());
                documents.add(editing.log().name());
                operations.bytes(part.array(), 0, part.length());
            }
        }
        if (logs.isEmpty()) {
            return nothing();
        }
        int address = timeline.storeLocal(operations, false);
        for (int i = 0; i < logs.size(); i++) {
            logs.get(i).appendLocal(lv, address + starts.get(i));
        }
        return made(address, operations.length(), Collections.unmodifiableSortedSet(documents));
    }

    private LocalChange made(int address, int length, SortedSet<String> documents) {
        close();
        return new LocalChange(
                change,
                timeline.graph.lamport(lv),
                timeline.graph.time(lv),
                parents,
                timeline.log.view(address, length),
                documents);
    }

    private LocalChange nothing() {
        LocalChange empty = made(timeline.log.allocate(0), 0, Collections.emptySortedSet());
        timeline.graph.removeLocal();
        return empty;
    }

    @Override
    public void cancel() {
        requireOpen();
        close();
        for (Editing editing : all()) {
            if (editing.finish().length() > 0) {
                editing.log().forget();
            }
        }
        timeline.graph.removeLocal();
    }

    private void close() {
        open = false;
        set.sessionOver();
    }
}
