package dev.cairn.crdt;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.ChangeRecord;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.Place;
import dev.cairn.crdt.history.Reversal;
import dev.cairn.crdt.lineage.Past;
import dev.cairn.crdt.log.ChangeReader;
import dev.cairn.crdt.log.DocumentLog;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * The past of a set: what changed between versions, who made what is there now, and how to take it back.
 *
 * <p>All answers are about what is integrated when they are asked for. A question about one document costs time in
 * proportion to the history of that document. As with the set itself, one thread at a time; not while an
 * {@link dev.cairn.crdt.edit.EditSession} is open.
 */
public final class History {
    private final DocumentSet set;

    History(DocumentSet set) {
        this.set = set;
    }

    /**
     * Returns the version which a change was made on: its parents, the own previous one included.
     *
     * @throws IllegalArgumentException if it is not integrated
     */
    public Heads before(ChangeId change) {
        Timeline timeline = set.wholeTimeline();
        EventGraph graph = timeline.graph;
        int actor = graph.findActor(change.actor());
        if (actor < 0 || change.seq() > graph.known(actor)) {
            throw new IllegalArgumentException("no such change: " + change);
        }
        int lv = graph.lvOf(actor, Math.toIntExact(change.seq()));
        return Heads.of(new ChangeReader(graph, timeline.log, timeline.reader).parents(lv));
    }

    /**
     * Returns the changes that are in one version and not in another, in an order that is the same everywhere: by
     * Lamport number, then actor, so that parents come before children.
     *
     * @param from the version to leave out; it need not be in the past of the other
     * @param to the version to look at
     * @throws IllegalArgumentException if a head of either is not integrated
     */
    public List<ChangeRecord> changesBetween(Heads from, Heads to) {
        List<ChangeRecord> records = new ArrayList<>();
        eachBetween(from, to, records::add);
        return List.copyOf(records);
    }

    /**
     * Hands over the changes that are in one version and not in another one by one, as {@link #changesBetween(Heads,
     * Heads)} orders them, and keeps none of them.
     *
     * @throws IllegalArgumentException if a head of either is not integrated
     */
    public void eachBetween(Heads from, Heads to, Consumer<ChangeRecord> each) {
        Timeline timeline = set.wholeTimeline();
        EventGraph graph = timeline.graph;
        ChangeReader changes = new ChangeReader(graph, timeline.log, timeline.reader);
        int[] done = graph.versions().vectorOf(from);
        int[] with = graph.versions().vectorOf(to);
        // an actor's own changes are in order, so the order of all is a merge of those of each
        PriorityQueue<Integer> next = new PriorityQueue<>(graph::compare);
        for (int actor = 0; actor < with.length; actor++) {
            if (done[actor] < with[actor]) {
                next.add(graph.lvOf(actor, done[actor] + 1));
            }
        }
        while (!next.isEmpty()) {
            int lv = next.remove();
            int actor = graph.actorOf(lv);
            int seq = graph.seqOf(lv);
            if (seq < with[actor]) {
                next.add(graph.lvOf(actor, seq + 1));
            }
            each.accept(changes.record(lv));
        }
    }

    /**
     * Returns how many changes are in one version and not in another.
     *
     * @throws IllegalArgumentException if a head of either is not integrated
     */
    public long countBetween(Heads from, Heads to) {
        EventGraph graph = set.wholeTimeline().graph;
        int[] without = graph.versions().vectorOf(from);
        int[] with = graph.versions().vectorOf(to);
        long count = 0;
        for (int actor = 0; actor < with.length; actor++) {
            count += Math.max(0, with[actor] - without[actor]);
        }
        return count;
    }

    /** Returns what the changes between two versions did to one document, leaving out those which did not touch it. */
    public List<ChangeSummary> changesBetween(String document, Heads from, Heads to) {
        Timeline timeline = set.wholeTimeline();
        EventGraph graph = timeline.graph;
        int[] without = graph.versions().vectorOf(from);
        int[] with = graph.versions().vectorOf(to);
        DocumentLog log = timeline.documents.find(document);
        if (log == null) {
            return List.of();
        }
        List<ChangeSummary> summaries = new ArrayList<>(log.summaries(
                lv -> graph.seqOf(lv) <= with[graph.actorOf(lv)] && graph.seqOf(lv) > without[graph.actorOf(lv)],
                timeline.reader));
        summaries.sort(Comparator.comparingLong(ChangeSummary::lamport).thenComparing(ChangeSummary::change));
        return List.copyOf(summaries);
    }

    /**
     * Returns what one version of a document has and another has not. Neither need be in the past of the other.
     *
     * @throws IllegalArgumentException if a head of either is not integrated
     */
    public Difference.OfMap diff(String document, Heads before, Heads after) {
        IntPredicate first = version(before);
        IntPredicate second = version(after);
        return past(document).map(past -> past.difference(first, second)).orElse(new Difference.OfMap(new TreeMap<>()));
    }

    /**
     * Returns who made what is now in the text, list, map or counter at the end of a path.
     *
     * @param path {@link String} keys, {@link Integer} indexes and {@link TreeNodeId}s of nodes
     * @throws IllegalArgumentException if there is none
     */
    public Blame blame(String document, Object... path) {
        return blameAt(document, set.heads(), path);
    }

    /**
     * Returns who made what was in the text, list, map or counter at the end of a path.
     *
     * @param path {@link String} keys, {@link Integer} indexes and {@link TreeNodeId}s of nodes
     * @throws IllegalArgumentException if there is none, or a head of the version is not integrated
     */
    public Blame blameAt(String document, Heads version, Object... path) {
        IntPredicate changes = version(version);
        return existing(document).blame(steps(path), changes);
    }

    /**
     * Returns a cursor at a place of a text or a list.
     *
     * @param index the place as it is now: in UTF-16 code units, or the index of an element
     * @param side what it stays with when something is inserted right there
     * @param path {@link String} keys, {@link Integer} indexes and {@link TreeNodeId}s of nodes
     * @throws IllegalArgumentException if there is no text or list, or the index is inside a surrogate pair
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public Cursor cursor(String document, int index, Cursor.Side side, Object... path) {
        return existing(document).cursor(steps(path), index, side, version(set.heads()));
    }

    /** Returns where a cursor is now; nothing if its text or list is gone, or has not come. */
    public Optional<Place> locate(Cursor cursor) {
        return locate(cursor, set.heads());
    }

    /**
     * Returns where a cursor was at a version; nothing if its text or list was not there, or what it is next to had not
     * been inserted.
     *
     * @throws IllegalArgumentException if a head of the version is not integrated, or the cursor is none
     */
    public Optional<Place> locate(Cursor cursor, Heads version) {
        IntPredicate changes = version(version);
        return past(cursor.document()).flatMap(past -> past.locate(cursor, changes));
    }

    /**
     * Returns which change that one takes back or makes again, if it does.
     *
     * @throws IllegalArgumentException if the change is not integrated
     */
    public Optional<Reversal> reversal(ChangeId change) {
        Timeline timeline = set.wholeTimeline();
        EventGraph graph = timeline.graph;
        int actor = graph.findActor(change.actor());
        if (actor < 0 || change.seq() > graph.known(actor)) {
            throw new IllegalArgumentException("this change is not here: " + change);
        }
        return new ChangeReader(graph, timeline.log, timeline.reader).reversal(graph.lvOf(actor, (int) change.seq()));
    }

    /**
     * Returns the change of an actor to take back next: its newest one that is not taken back and does not itself take
     * back another.
     */
    public Optional<ChangeId> undoable(ActorId actor) {
        Timeline timeline = set.wholeTimeline();
        EventGraph graph = timeline.graph;
        ChangeReader changes = new ChangeReader(graph, timeline.log, timeline.reader);
        int index = graph.findActor(actor);
        Map<ChangeId, Boolean> again = new HashMap<>();
        for (int seq = index < 0 ? 0 : graph.known(index); seq > 0; seq--) {
            int lv = graph.lvOf(index, seq);
            Optional<Reversal> mark = changes.reversal(lv);
            if (mark.isPresent()) {
                again.putIfAbsent(mark.get().change(), mark.get().again());
            } else if (graph.operationsLength(lv) > 0 && again.getOrDefault(graph.id(lv), true)) {
                return Optional.of(graph.id(lv));
            }
        }
        return Optional.empty();
    }

    /** Returns the change of an actor to make again next: the one it took back last, if it has edited nothing since. */
    public Optional<ChangeId> redoable(ActorId actor) {
        Timeline timeline = set.wholeTimeline();
        EventGraph graph = timeline.graph;
        ChangeReader changes = new ChangeReader(graph, timeline.log, timeline.reader);
        int index = graph.findActor(actor);
        Set<ChangeId> seen = new HashSet<>();
        for (int seq = index < 0 ? 0 : graph.known(index); seq > 0; seq--) {
            int lv = graph.lvOf(index, seq);
            Optional<Reversal> mark = changes.reversal(lv);
            if (mark.isEmpty() && graph.operationsLength(lv) > 0) {
                break;
            }
            if (mark.isPresent() && seen.add(mark.get().change()) && !mark.get().again()) {
                return Optional.of(mark.get().change());
            }
        }
        return Optional.empty();
    }

    private static List<Step> steps(Object... path) {
        return Arrays.stream(path).map(Step::of).toList();
    }

    private Past existing(String document) {
        return past(document).orElseThrow(() -> new IllegalArgumentException("no document \"" + document + "\""));
    }

    private Optional<Past> past(String document) {
        return set.wholeTimeline().past(document);
    }

    private IntPredicate version(Heads version) {
        EventGraph graph = set.wholeTimeline().graph;
        int[] vector = graph.versions().vectorOf(version);
        return lv -> graph.seqOf(lv) <= vector[graph.actorOf(lv)];
    }
}
