package dev.cairn.crdt.lineage;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.codec.ByteSource;
import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.MalformedOperationsException;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.history.Place;
import dev.cairn.crdt.sequence.UnitOrder;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Step;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes cursors, and finds where they are at a version. */
final class Cursors {
    // place := what, container (see ContainerRef), [change: actor 16 bytes, seq; which of its units here]
    // A unit is named by its change and how many units that change inserted or deleted here before it.
    private static final int START = 0;
    private static final int END = 1;
    private static final int BEHIND = 2;
    private static final int BEFORE = 3;

    private final Projection shown;
    private final Lineage lineage;
    private final Document document;
    private final EventGraph graph;

    Cursors(Projection shown, Lineage lineage) {
        this.shown = shown;
        this.lineage = lineage;
        this.document = shown.past().document;
        this.graph = document.graph();
    }

    Cursor at(SequenceContainer sequence, int index, Cursor.Side side) {
        int[] around = around(sequence, index);
        int unit = around[side == Cursor.Side.LEFT ? 0 : 1];
        ByteSink sink = new ByteSink();
        if (unit < 0) {
            sink.octet(side == Cursor.Side.LEFT ? START : END);
            ContainerRef.write(sink, sequence, document);
        } else {
            sink.octet(side == Cursor.Side.LEFT ? BEHIND : BEFORE);
            ContainerRef.write(sink, sequence, document);
            UnitOrder units = shown.past().units(sequence);
            ChangeId change = graph.id(units.lv(unit));
            sink.fixed(change.actor().high());
            sink.fixed(change.actor().low());
            sink.varint(change.seq());
            sink.varint(unit - units.first(units.lv(unit)));
        }
        return new Cursor(document.name(), sink.copy());
    }

    /** Returns the units before and behind an index; -1 at the ends. */
    private int[] around(SequenceContainer sequence, int index) {
        UnitOrder units = shown.past().units(sequence);
        boolean[] visible = shown.visible(sequence);
        int before = -1;
        int at = 0;
        for (int i = 0; i < units.size(); i++) {
            int unit = units.unit(i);
            if (!visible[unit] || width(sequence, unit) == 0) {
                continue;
            }
            if (at == index) {
                return new int[] {before, unit};
            }
            before = unit;
            at += width(sequence, unit);
            if (at > index) {
                throw new IllegalArgumentException("index " + index + " is inside a surrogate pair");
            }
        }
        if (at != index) {
            throw new IndexOutOfBoundsException("index " + index + " of " + at);
        }
        return new int[] {before, -1};
    }

    private int width(SequenceContainer sequence, int unit) {
        if (sequence.type() != ContainerType.TEXT) {
            return 1;
        }
        int content = shown.past().journal.content(sequence, unit);
        return content < 0 ? 0 : Character.charCount(content);
    }

    Optional<Place> locate(Cursor cursor) {
        ByteBuffer bytes = cursor.place();
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        try {
            return locate(new ByteSource(array, 0, array.length));
        } catch (MalformedOperationsException e) {
            throw new IllegalArgumentException("not a cursor: " + e.getMessage(), e);
        }
    }

    private Optional<Place> locate(ByteSource source) {
        int what = source.octet();
        if (what > BEFORE) {
            throw new IllegalArgumentException("not a cursor: a place of kind " + what);
        }
        Container container = ContainerRef.read(source, document);
        if (!(container instanceof SequenceContainer sequence)) {
            return Optional.empty();
        }
        List<Step> path = path(sequence);
        if (path == null) {
            return Optional.empty();
        }
        if (what == START || what == END) {
            source.requireEnd();
            return Optional.of(new Place(path, what == START ? 0 : index(sequence, -1, false)));
        }
        int unit = unit(source, sequence);
        return unit < 0 ? Optional.empty() : Optional.of(new Place(path, index(sequence, unit, what == BEHIND)));
    }

    private int unit(ByteSource source, SequenceContainer sequence) {
        ActorId actor = new ActorId(source.fixed(), source.fixed());
        long seq = source.varint();
        int index = source.varint31();
        source.requireEnd();
        int author = graph.findActor(actor);
        if (author < 0 || seq < 1 || seq > graph.known(author)) {
            return -1;
        }
        int lv = graph.lvOf(author, (int) seq);
        UnitOrder units = shown.past().units(sequence);
        int first = units.first(lv);
        if (index >= units.operations() - first) {
            return -1;
        }
        int unit = first + index;
        if (units.lv(unit) != lv || units.target(unit) >= 0) {
            return -1;
        }
        int known = shown.has(lv) ? unit : lineage.of(sequence).root(unit);
        return shown.has(units.lv(known)) ? standIn(sequence, known) : -1;
    }

    /** Returns the visible unit which stands for one that was deleted, or that one. */
    private int standIn(SequenceContainer sequence, int unit) {
        boolean[] visible = shown.visible(sequence);
        if (visible[unit]) {
            return unit;
        }
        for (int other : lineage.of(sequence).standIns(unit)) {
            if (visible[other]) {
                return other;
            }
        }
        return unit;
    }

    /** Returns the place next to a unit: behind it, if that is asked for and it is visible; at the end for none. */
    private int index(SequenceContainer sequence, int unit, boolean behind) {
        UnitOrder units = shown.past().units(sequence);
        boolean[] visible = shown.visible(sequence);
        int at = 0;
        for (int i = 0; i < units.size(); i++) {
            int next = units.unit(i);
            if (next == unit) {
                return behind && visible[next] ? at + width(sequence, next) : at;
            }
            at += visible[next] ? width(sequence, next) : 0;
        }
        return at;
    }

    /** Returns the steps to a container that is shown; null if it is not. */
    private @Nullable List<Step> path(Container container) {
        List<Step> path = new ArrayList<>();
        for (Container inner = container; inner.parent() != null; inner = inner.parent()) {
            Step step = step(inner, inner.parent());
            if (step == null) {
                return null;
            }
            if (inner.parent().parent() instanceof MovableListContainer) {
                inner = inner.parent();
                path.add(step);
            } else if (inner.parent().type() != ContainerType.REGISTER) {
                path.add(step);
            }
        }
        Collections.reverse(path);
        return path;
    }

    private @Nullable Step element(MovableListContainer list, Container inner) {
        int size = shown.there(list) instanceof MovableListContainer there ? there.size() : 0;
        for (int i = 0; i < size; i++) {
            if (shown.shows(list, new Step.Index(i), inner)) {
                return new Step.Index(i);
            }
        }
        return null;
    }

    private @Nullable Step step(Container inner, Container around) {
        Entry entry = inner.entry();
        if (inner.node() >= 0 && around instanceof TreeContainer tree) {
            Step step = new Step.TreeNode(tree.id(inner.node()));
            return shown.shows(tree, step, inner) ? step : null;
        }
        if (entry != null && around.parent() instanceof MovableListContainer list) {
            return element(list, inner);
        }
        if (entry != null) {
            boolean there = shown.shown(entry) == ~inner.index();
            return there ? new Step.Key(Utf8.string(entry.key(), 0, entry.key().length)) : null;
        }
        int[] content = shown.content((SequenceContainer) around);
        for (int i = 0; i < content.length; i++) {
            if (content[i] == ~inner.index()) {
                return new Step.Index(i);
            }
        }
        return null;
    }
}
