package dev.cairn.crdt.lineage;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.ListPiece;
import dev.cairn.crdt.history.TextPiece;
import dev.cairn.crdt.sequence.UnitOrder;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what differs between two projections of one document. */
final class Differ {
    private final Projection before;
    private final Projection after;

    Differ(Projection before, Projection after) {
        this.before = before;
        this.after = after;
    }

    Difference.OfMap root() {
        return map(before.past().document.root());
    }

    private Difference of(Container container) {
        if (container instanceof MapContainer map) {
            Difference.OfMap entries = map(map);
            Difference content = entries.entries().get("");
            return content == null ? entries : new Difference.OfRegister(content);
        }
        if (container instanceof SequenceContainer sequence) {
            return sequence.type() == ContainerType.TEXT ? text(sequence) : list(sequence);
        }
        if (container instanceof CounterContainer counter) {
            return new Difference.OfCounter(after.sum(counter) - before.sum(counter));
        }
        if (container instanceof MovableListContainer list) {
            return movableList(list);
        }
        return new TreeDiffer(before, after, this::map).of((TreeContainer) container);
    }

    private Difference movableList(MovableListContainer list) {
        int[] first = before.elements(list);
        int[] second = after.elements(list);
        int[] sources = Increasing.indexes(second, first, list.slots().elements());
        int[] targets = Increasing.indexes(first, second, list.slots().elements());
        boolean[] stays = Increasing.longest(sources);
        SortedMap<Integer, Node> deleted = new TreeMap<>();
        SortedMap<Integer, Node> inserted = new TreeMap<>();
        SortedSet<Integer> moved = new TreeSet<>();
        SortedMap<Integer, Difference> inside = new TreeMap<>();
        for (int i = 0; i < first.length; i++) {
            if (targets[i] < 0) {
                deleted.put(i, before.node(before.shown(list, first[i])));
            }
        }
        for (int i = 0; i < second.length; i++) {
            if (sources[i] < 0) {
                inserted.put(i, after.node(after.shown(list, second[i])));
                continue;
            }
            if (!stays[i]) {
                moved.add(i);
            }
            Difference difference = difference(before.shown(list, second[i]), after.shown(list, second[i]));
            if (!difference.isEmpty()) {
                inside.put(i, difference);
            }
        }
        return new Difference.OfMovableList(Arrays.stream(sources).boxed().toList(), deleted, inserted, moved, inside);
    }

    private Difference.OfMap map(MapContainer map) {
        SortedMap<String, Difference> entries = new TreeMap<>(KeyOrder.INSTANCE);
        for (Entry entry : map.sorted()) {
            Difference difference = difference(before.shown(entry), after.shown(entry));
            if (!difference.isEmpty()) {
                entries.put(Utf8.string(entry.key(), 0, entry.key().length), difference);
            }
        }
        return new Difference.OfMap(entries);
    }

    private Difference difference(int first, int second) {
        if (first == second) {
            return first < 0 && first != Projection.ABSENT ? of(before.container(first)) : NOTHING;
        }
        Difference.Replaced replaced = new Difference.Replaced(before.optional(first), after.optional(second));
        boolean same = first >= 0 && second >= 0 && replaced.before().equals(replaced.after());
        return same ? NOTHING : replaced;
    }

    private static final Difference NOTHING = new Difference.OfCounter(0);

    private Difference text(SequenceContainer text) {
        List<TextPiece> pieces = new ArrayList<>();
        walk(text, (kind, units) -> {
            StringBuilder string = new StringBuilder();
            for (int i = 0; i < units.size(); i++) {
                string.appendCodePoint(before.past().journal.content(text, units.get(i)));
            }
            String shown = kind == TextPiece.Kind.KEPT ? "" : string.toString();
            pieces.add(new TextPiece(kind, string.length(), shown));
        });
        if (text.marks() == null) {
            return new Difference.OfText(pieces);
        }
        return new Difference.OfText(
                pieces, ((TextView) before.view(text)).marks(), ((TextView) after.view(text)).marks());
    }

    private Difference list(SequenceContainer list) {
        List<ListPiece> pieces = new ArrayList<>();
        SortedMap<Integer, Difference> inside = new TreeMap<>();
        int[] index = {0};
        walk(list, (kind, units) -> {
            List<Node> elements = new ArrayList<>();
            for (int i = 0; i < units.size(); i++) {
                int content = before.past().journal.content(list, units.get(i));
                if (kind != TextPiece.Kind.KEPT) {
                    elements.add((kind == TextPiece.Kind.DELETED ? before : after).node(content));
                } else if (content < 0) {
                    Difference difference = of(before.container(content));
                    if (!difference.isEmpty()) {
                        inside.put(index[0] + i, difference);
                    }
                }
            }
            pieces.add(new ListPiece(kind, units.size(), elements));
            index[0] += kind == TextPiece.Kind.DELETED ? 0 : units.size();
        });
        return new Difference.OfList(pieces, inside);
    }

    /** Takes the stretches of a sequence in order. */
    private interface Pieces {
        void next(TextPiece.Kind kind, IntList units);
    }

    private void walk(SequenceContainer sequence, Pieces pieces) {
        UnitOrder units = before.past().units(sequence);
        boolean[] first = before.visible(sequence);
        boolean[] second = after.visible(sequence);
        IntList kept = new IntList();
        IntList deleted = new IntList();
        IntList inserted = new IntList();
        for (int i = 0; i < units.size(); i++) {
            int unit = units.unit(i);
            if (sequence.type() == ContainerType.TEXT && before.past().journal.content(sequence, unit) < 0) {
                continue;
            }
            if (first[unit] && second[unit]) {
                if (deleted.size() + inserted.size() > 0) {
                    flush(pieces, kept, deleted, inserted);
                }
                kept.add(unit);
            } else if (first[unit]) {
                deleted.add(unit);
            } else if (second[unit]) {
                inserted.add(unit);
            }
        }
        flush(pieces, kept, deleted, inserted);
    }

    private static void flush(Pieces pieces, IntList kept, IntList deleted, IntList inserted) {
        next(pieces, TextPiece.Kind.KEPT, kept);
        next(pieces, TextPiece.Kind.DELETED, deleted);
        next(pieces, TextPiece.Kind.INSERTED, inserted);
    }

    private static void next(Pieces pieces, TextPiece.Kind kind, IntList units) {
        if (units.size() > 0) {
            pieces.next(kind, units);
            units.truncate(0);
        }
    }
}
