package dev.cairn.crdt.reversal;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Marks;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.lineage.Lineage;
import dev.cairn.crdt.lineage.Past;
import dev.cairn.crdt.lineage.PieceLineage;
import dev.cairn.crdt.lineage.Projection;
import dev.cairn.crdt.sequence.UnitOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Takes back what a change did to a text or a list, or makes it again. */
final class SequenceReversal {
    private final Reversing reversing;
    private final Past past;
    private final SequenceContainer sequence;
    private final PieceLineage lineage;

    SequenceReversal(Reversing reversing, SequenceContainer sequence) {
        this.reversing = reversing;
        this.past = reversing.past();
        this.sequence = sequence;
        this.lineage = reversing.after().of(sequence);
    }

    private List<Integer> doomed() {
        return lineage.doomed(reversing.changeLv(), reversing.again(), Lineage.NOW);
    }

    /** Returns the containers in the elements of a list that are to go, but for those in which somebody worked. */
    List<Container> leaving() {
        List<Container> leaving = new ArrayList<>();
        if (sequence.type() == ContainerType.LIST) {
            for (int unit : doomed()) {
                int content = past.journal().content(sequence, unit);
                if (content < 0 && !reversing.isWorkedIn(reversing.container(content))) {
                    leaving.add(reversing.container(content));
                }
            }
        }
        return leaving;
    }

    void apply(SequenceContainer live) {
        UnitOrder units = past.units(sequence);
        int[] positions = positions(units);
        SequenceRewriting rewriting = new SequenceRewriting(
                reversing.editing(),
                live,
                content -> content < 0 ? reversing.editing().view(reversing.live(content)) : reversing.value(content));
        CanonicalOrder order = new CanonicalOrder(units, lineage);
        Revived revived = revive(order, positions, rewriting);
        Set<Integer> gone = delete(positions, rewriting);
        mark(live, order, shown(units, positions, revived, gone), new HashSet<>(revived.units));
        List<Integer> others = lineage.deletedByOthers(reversing.changeLv(), reversing.again(), Lineage.NOW);
        if (others.stream().anyMatch(unit -> !isAnchor(unit))) {
            reversing.left(live, LeftAlone.Reason.EDITED_SINCE);
        }
    }

    private Set<Integer> delete(int[] positions, SequenceRewriting rewriting) {
        Set<Integer> gone = new HashSet<>();
        IntList at = new IntList();
        List<Container> kept = new ArrayList<>();
        for (int unit : doomed()) {
            int content = past.journal().content(sequence, unit);
            boolean container = sequence.type() == ContainerType.LIST && content < 0;
            if (container && !reversing.isLeaving(reversing.container(content))) {
                kept.add(reversing.live(content));
            } else if (!isAnchor(unit)) {
                gone.add(unit);
                at.add(positions[unit]);
            }
        }
        rewriting.delete(at);
        kept.forEach(container -> reversing.left(container, LeftAlone.Reason.WORKED_IN));
        return gone;
    }

    private boolean isAnchor(int unit) {
        return sequence.type() == ContainerType.TEXT && past.journal().content(sequence, unit) < 0;
    }

    /** Returns by unit its position now, and -1 if it is not visible. */
    private int[] positions(UnitOrder units) {
        boolean[] visible = new Projection(past, lv -> true).visible(sequence);
        int[] positions = new int[units.operations()];
        int next = 0;
        for (int i = 0; i < units.size(); i++) {
            int unit = units.unit(i);
            positions[unit] = visible[unit] ? next++ : -1;
        }
        return positions;
    }

    /** Units that come back, in the order in which they stand; and by unit the position before which it goes. */
    private static final class Revived {
        private final List<Integer> units;
        private final int[] places;

        Revived(List<Integer> units, int[] places) {
            this.units = units;
            this.places = places;
        }
    }

    private Revived revive(CanonicalOrder order, int[] positions, SequenceRewriting rewriting) {
        List<Integer> revived = new ArrayList<>(lineage.revived(reversing.changeLv(), reversing.again(), Lineage.NOW));
        revived.removeIf(this::isAnchor);
        List<Integer> inOrder = new ArrayList<>();
        int[] places = new int[positions.length];
        int[] ranks = new int[positions.length];
        Set<Integer> wanted = new HashSet<>(revived);
        int place = 0;
        for (int i = 0; i < order.size() && inOrder.size() < revived.size(); i++) {
            int unit = order.unit(i);
            if (wanted.contains(unit)) {
                places[unit] = place;
                ranks[unit] = inOrder.size();
                inOrder.add(unit);
            } else if (positions[unit] >= 0) {
                place = positions[unit] + 1;
            }
        }
        insert(revived, places, ranks, rewriting);
        return new Revived(inOrder, places);
    }

    /** Inserts units in the order in which they come back, and neighbours at once. */
    private void insert(List<Integer> revived, int[] places, int[] ranks, SequenceRewriting rewriting) {
        IntList contents = new IntList();
        for (int i = 0; i < revived.size(); i++) {
            int unit = revived.get(i);
            contents.add(past.journal().content(sequence, unit));
            boolean goesOn = i + 1 < revived.size()
                    && places[revived.get(i + 1)] == places[unit]
                    && ranks[revived.get(i + 1)] == ranks[unit] + 1;
            if (!goesOn) {
                rewriting.insert(places[unit], ranks[unit], contents);
                contents.truncate(0);
            }
        }
    }

    private void mark(SequenceContainer live, CanonicalOrder order, IntList shown, Set<Integer> revived) {
        Marks marks = sequence.marks();
        if (marks != null && !new MarkReversal(reversing, sequence, live, marks, order, shown, revived).apply()) {
            reversing.left(live, LeftAlone.Reason.EDITED_SINCE);
        }
    }

    /** Returns the units of the text as it is now, or for which they stand. */
    private IntList shown(UnitOrder units, int[] positions, Revived revived, Set<Integer> gone) {
        IntList shown = new IntList();
        Iterator<Integer> back = revived.units.iterator();
        int next = back.hasNext() ? back.next() : -1;
        for (int i = 0; i < units.size(); i++) {
            int unit = units.unit(i);
            if (positions[unit] < 0) {
                continue;
            }
            while (next >= 0 && revived.places[next] <= positions[unit]) {
                shown.add(next);
                next = back.hasNext() ? back.next() : -1;
            }
            if (!isAnchor(unit) && !gone.contains(unit)) {
                shown.add(lineage.root(unit));
            }
        }
        while (next >= 0) {
            shown.add(next);
            next = back.hasNext() ? back.next() : -1;
        }
        return shown;
    }
}
