package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.Place;
import dev.cairn.crdt.sequence.UnitOrder;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** One document with all that ever happened to it: what {@link Document} forgets once it is superseded. */
public final class Past {
    final Document document;
    final Journal journal = new Journal();
    private final Map<SequenceContainer, UnitOrder> orders = new HashMap<>();

    /** How many changes of the document's log are applied. */
    int applied;

    private @Nullable Lineage lineage;
    private int lineageOf;

    private final Function<IntPredicate, Document> replay;

    Past(EventGraph graph, ByteLog log, String name, Function<IntPredicate, Document> replay) {
        this.document = new Document(graph, log, name);
        this.replay = replay;
        document.journal = journal;
    }

    /** Returns the document's state by projection: for every version what {@link DocumentLog#replay} makes. */
    public DocumentState stateAt(IntPredicate version) {
        return new Views.State(document.name, (MapView) new Projection(this, version).view(document.root), List.of());
    }

    /** Returns what differs between two versions, each given by its changes. */
    public Difference.OfMap difference(IntPredicate before, IntPredicate after) {
        return new Differ(new Projection(this, before), new Projection(this, after)).root();
    }

    /** Returns who made what is at the end of a path at a version. */
    public Blame blame(List<Step> path, IntPredicate version) {
        Projection shown = new Projection(this, version);
        return new Blamer(shown, lineage()).of(shown.container(path));
    }

    /** Returns a cursor into the text or list at the end of a path. */
    public Cursor cursor(List<Step> path, int index, Cursor.Side side, IntPredicate version) {
        Projection shown = new Projection(this, version);
        if (shown.container(path) instanceof SequenceContainer sequence) {
            return new Cursors(shown, lineage()).at(sequence, index, side);
        }
        throw new IllegalArgumentException("neither a text nor a list: " + path);
    }

    /** Returns where a cursor is at a version; nothing if its text or list is not there. */
    public Optional<Place> locate(Cursor cursor, IntPredicate version) {
        return new Cursors(new Projection(this, version), lineage()).locate(cursor);
    }

    /** Tells whether a change is taken back now. */
    public boolean isTakenBack(int changeLv) {
        return lineage().isTakenBack(changeLv, Lineage.NOW);
    }

    /** Returns the document at a version, given by its changes. */
    Document replay(IntPredicate version) {
        return replay.apply(version);
    }

    /** Returns what stands for what, as of all changes applied here. */
    Lineage lineage() {
        Lineage known = lineage;
        if (known == null || lineageOf != applied) {
            known = new Lineage(this);
            lineage = known;
            lineageOf = applied;
        }
        return known;
    }

    /** Returns all units of a text or list. */
    UnitOrder units(SequenceContainer sequence) {
        UnitOrder known = orders.get(sequence);
        if (known != null && known.operations() == sequence.sequence.operations()) {
            return known;
        }
        UnitOrder order = sequence.sequence.units();
        orders.put(sequence, order);
        return order;
    }
}
