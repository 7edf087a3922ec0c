package dev.cairn.crdt;

import dev.cairn.crdt.document.ChangeReader;
import dev.cairn.crdt.document.DocumentLog;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.history.ChangeRecord;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.ChangeSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
     * Returns the changes that are in one version and not in another, in an order that is the same everywhere: by
     * Lamport number, then actor, so that parents come before children.
     *
     * @param from the version to leave out; it need not be in the past of the other
     * @param to the version to look at
     * @throws IllegalArgumentException if a head of either is not integrated
     */
    public List<ChangeRecord> changesBetween(Heads from, Heads to) {
        Timeline timeline = set.wholeTimeline();
        ChangeReader changes = new ChangeReader(timeline.graph, timeline.log, timeline.reader);
        List<ChangeRecord> records = new ArrayList<>();
        for (int lv : between(timeline.graph, from, to)) {
            records.add(changes.record(lv));
        }
        return List.copyOf(records);
    }

    /** Returns what the changes between two versions did to one document, leaving out those which did not touch it. */
    public List<ChangeSummary> changesBetween(String document, Heads from, Heads to) {
        Timeline timeline = set.wholeTimeline();
        EventGraph graph = timeline.graph;
        int[] without = graph.vectorOf(from);
        int[] with = graph.vectorOf(to);
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

    private static List<Integer> between(EventGraph graph, Heads from, Heads to) {
        int[] without = graph.vectorOf(from);
        int[] with = graph.vectorOf(to);
        List<Integer> lvs = new ArrayList<>();
        for (int actor = 0; actor < with.length; actor++) {
            for (int seq = without[actor] + 1; seq <= with[actor]; seq++) {
                lvs.add(graph.lvOf(actor, seq));
            }
        }
        lvs.sort(graph::compare);
        return lvs;
    }
}
