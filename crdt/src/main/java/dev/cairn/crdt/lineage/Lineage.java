package dev.cairn.crdt.lineage;

import dev.cairn.crdt.document.Journal;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.graph.EventGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which changes of a document are taken back, and which units stand for others which were deleted and brought back.
 *
 * <p>A change which takes back another, or makes it again, is <em>mechanical</em>: its edits only bring about what the
 * others would have made without the changes that are taken back.
 */
public final class Lineage {
    /** As of everything that is known. */
    public static final int NOW = Integer.MAX_VALUE;

    private final Past past;
    private final EventGraph graph;
    private final Set<Integer> mechanical = new HashSet<>();
    private final Map<Integer, List<Journal.TakenBack>> byChange = new HashMap<>();
    private final Map<SequenceContainer, PieceLineage> sequences = new HashMap<>();
    private final Map<MovableListContainer, PieceLineage> lists = new HashMap<>();

    Lineage(Past past) {
        this.past = past;
        this.graph = past.document.graph();
        past.journal.takenBack().forEach(this::add);
    }

    /** As it will be with one more change, which has not been applied yet. */
    public Lineage(Past past, Journal.TakenBack next) {
        this(past);
        add(next);
    }

    private void add(Journal.TakenBack mark) {
        mechanical.add(mark.lv());
        byChange.computeIfAbsent(mark.changeLv(), lv -> new ArrayList<>()).add(mark);
    }

    Past past() {
        return past;
    }

    /** Tells whether a change only takes back another or makes it again. */
    public boolean isMechanical(int lv) {
        return mechanical.contains(lv);
    }

    /** Tells whether a change is in the past of another, or that other; everything is in the past of now. */
    boolean knows(int asOf, int lv) {
        return asOf == NOW || graph.inPast(lv, asOf);
    }

    /** Tells whether a change was taken back, as far as another change knew, that one included. */
    boolean isTakenBack(int changeLv, int asOf) {
        Journal.TakenBack greatest = null;
        for (Journal.TakenBack mark : byChange.getOrDefault(changeLv, List.of())) {
            if (knows(asOf, mark.lv()) && (greatest == null || graph.compare(mark.lv(), greatest.lv()) > 0)) {
                greatest = mark;
            }
        }
        return greatest != null && !greatest.again();
    }

    /** Tells whether a change counts: it is neither mechanical nor taken back. */
    public boolean counts(int lv, int asOf) {
        return knows(asOf, lv) && !isMechanical(lv) && !isTakenBack(lv, asOf);
    }

    /** Returns what became of the units of a text or list. */
    public PieceLineage of(SequenceContainer sequence) {
        return sequences.computeIfAbsent(sequence, key -> new PieceLineage(this, Pieces.of(past.units(key))));
    }

    /** Returns what became of the elements of a movable list. */
    public PieceLineage of(MovableListContainer list) {
        return lists.computeIfAbsent(list, key -> new PieceLineage(this, past.elements(key)));
    }
}
