package dev.cairn.crdt.lineage;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.ElementLog;
import dev.cairn.crdt.document.Journal;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.Place;
import dev.cairn.crdt.sequence.Sequence;
import dev.cairn.crdt.sequence.UnitOrder;
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
    private final Map<Container, UnitOrder> orders = new HashMap<>();

    /** How many changes of the document's log are applied. */
    private int applied;

    private @Nullable Lineage lineage;
    private int lineageOf;

    private final Function<IntPredicate, Document> replay;

    /** Returns the past of a document of which nothing is applied yet. */
    public Past(EventGraph graph, ByteLog log, String name, Function<IntPredicate, Document> replay) {
        this.document = new Document(graph, log, name);
        this.replay = replay;
        document.keep(journal);
    }

    /** Returns how many changes of the document's log are applied. */
    public int applied() {
        return applied;
    }

    /** Notes that the next change of the log was applied. */
    public void advance() {
        applied++;
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
    public Lineage lineage() {
        Lineage known = lineage;
        if (known == null || lineageOf != applied) {
            known = new Lineage(this);
            lineage = known;
            lineageOf = applied;
        }
        return known;
    }

    /** Returns all units of a text or list. */
    public UnitOrder units(SequenceContainer sequence) {
        return units(sequence, sequence.sequence());
    }

    /** Returns all units of a movable list: a slot each, in the order in which the slots were made. */
    public UnitOrder units(MovableListContainer list) {
        return units(list, list.sequence());
    }

    private UnitOrder units(Container container, Sequence sequence) {
        UnitOrder known = orders.get(container);
        if (known != null && known.operations() == sequence.operations()) {
            return known;
        }
        UnitOrder order = sequence.units();
        orders.put(container, order);
        return order;
    }

    /** Returns the elements of a movable list, in the order of the slots which their insertions made. */
    Pieces elements(MovableListContainer list) {
        ElementLog log = journal.elements(list);
        return new Pieces() {
            @Override
            public int operations() {
                return log.operations();
            }

            @Override
            public int lv(int operation) {
                return log.lv(operation);
            }

            @Override
            public int target(int operation) {
                return log.target(operation);
            }

            @Override
            public int first(int lv) {
                return log.first(lv);
            }

            @Override
            public int[] indexes() {
                SlotUnits slots = new SlotUnits(list, units(list));
                int[] ofUnits = units(list).indexes();
                int[] indexes = new int[log.operations()];
                for (int element = 0; element < log.elementCount(); element++) {
                    indexes[log.pieceOf(element)] =
                            ofUnits[slots.unit(list.slots().first(element))];
                }
                return indexes;
            }
        };
    }

    /** Returns the document with everything applied that ever happened. */
    public Document document() {
        return document;
    }

    /** Returns every operation that ever happened. */
    public Journal journal() {
        return journal;
    }
}
