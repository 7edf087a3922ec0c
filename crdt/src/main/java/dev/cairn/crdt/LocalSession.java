package dev.cairn.crdt;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.document.ChangeReader;
import dev.cairn.crdt.document.DocumentLog;
import dev.cairn.crdt.document.Editing;
import dev.cairn.crdt.document.Past;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.history.Reversal;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.KeyOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A local change in the making: it is in the graph from the start, and taken out again if it comes to nothing. */
final class LocalSession implements EditSession {
    private final DocumentSet set;
    private final Timeline timeline;
    private final ChangeId change;
    private final List<ChangeId> parents;
    private final int lv;
    private final int[] headsBefore;
    private final long lamportBefore;
    private final SortedMap<String, Editing> edited = new TreeMap<>(KeyOrder.INSTANCE);
    private boolean open = true;

    LocalSession(DocumentSet set, Timeline timeline, ChangeId change, long timeMillis) {
        this.set = set;
        this.timeline = timeline;
        this.change = change;
        int actor = timeline.graph.actor(change.actor());
        this.headsBefore = timeline.graph.headLvs();
        this.lamportBefore = timeline.graph.lastLamport(actor);
        this.parents = timeline.graph.headsOfOthers(actor);
        long lamport = timeline.graph.parentLamport(actor, parents) + 1;
        this.lv = timeline.graph.add(actor, parents, lamport, timeMillis, 0, 0);
    }

    @Override
    public DocumentEditor on(String document) {
        requireOpen();
        return editing(document);
    }

    private Editing editing(String document) {
        Editing editing = edited.get(document);
        if (editing == null) {
            DocumentLog log = timeline.documents.findOrAdd(document);
            editing = new Editing(log.live(timeline.reader), lv);
            edited.put(document, editing);
        }
        return editing;
    }

    @Override
    public void takeBack(ChangeId other) {
        takeBack(other, false);
    }

    @Override
    public void makeAgain(ChangeId other) {
        takeBack(other, true);
    }

    private void takeBack(ChangeId other, boolean again) {
        requireOpen();
        requireHistory(edited.isEmpty());
        int changeLv = integrated(other);
        ChangeReader changes = new ChangeReader(timeline.graph, timeline.log, timeline.reader);
        Optional<Reversal> mark = changes.reversal(changeLv);
        if (mark.isPresent()) {
            takeBack(mark.get().change(), mark.get().again() == again);
            return;
        }
        for (String document : changes.record(changeLv).documents().keySet()) {
            Past past = timeline.past(document).orElseThrow();
            if (past.isTakenBack(changeLv) != again) {
                throw new IllegalArgumentException(
                        again
                                ? "change " + other + " is not taken back"
                                : "change " + other + " is taken back already");
            }
            editing(document).takeBack(past, changeLv, again);
        }
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
        requireHistory(!edited.containsKey(document));
        int[] vector = timeline.graph.vectorOf(version);
        timeline.past(document)
                .ifPresent(past -> editing(document)
                        .restore(past, seen -> timeline.graph.seqOf(seen) <= vector[timeline.graph.actorOf(seen)]));
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the edit session of change " + change + " is over");
        }
    }

    @Override
    public LocalChange finish() {
        requireOpen();
        ByteSink operations = null;
        SortedSet<String> documents = new TreeSet<>(KeyOrder.INSTANCE);
        for (Map.Entry<String, Editing> entry : edited.entrySet()) {
            ByteSink part = entry.getValue().finish();
            if (part.length() == 0) {
                continue;
            }
            documents.add(entry.getKey());
            if (operations == null) {
                operations = part;
            } else {
                operations.bytes(part.array(), 0, part.length());
            }
        }
        return finish(operations == null ? new ByteSink() : operations, documents);
    }

    private LocalChange finish(ByteSink operations, SortedSet<String> documents) {
        long lamport = timeline.graph.lamport(lv);
        long time = timeline.graph.time(lv);
        if (operations.length() == 0) {
            close();
            timeline.graph.removeLast(headsBefore, lamportBefore);
        } else {
            store(operations, documents);
            close();
        }
        return new LocalChange(
                change, lamport, time, parents, operations.copy(), Collections.unmodifiableSortedSet(documents));
    }

    private void store(ByteSink operations, SortedSet<String> documents) {
        int length = operations.length();
        int address = timeline.log.append(operations.array(), 0, length);
        timeline.appendLocal(address, length, documents);
    }

    @Override
    public void cancel() {
        requireOpen();
        close();
        for (Map.Entry<String, Editing> entry : edited.entrySet()) {
            entry.getValue().finish();
            timeline.documents.findOrAdd(entry.getKey()).forget();
        }
        timeline.graph.removeLast(headsBefore, lamportBefore);
    }

    private void close() {
        open = false;
        set.sessionOver();
    }
}
