package dev.cairn.crdt.lineage;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.ElementLog;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.Journal;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.Origin;
import dev.cairn.crdt.sequence.UnitOrder;
import dev.cairn.crdt.tree.TreeShape;
import dev.cairn.crdt.view.KeyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds out who made what is shown in a container. */
final class Blamer {
    private final Projection shown;
    private final Lineage lineage;
    private final EventGraph graph;

    Blamer(Projection shown, Lineage lineage) {
        this.shown = shown;
        this.lineage = lineage;
        this.graph = shown.past().document.graph();
    }

    Blame of(Container container) {
        if (container instanceof MapContainer map) {
            return map(map);
        }
        if (container instanceof SequenceContainer sequence) {
            return sequence(sequence);
        }
        if (container instanceof CounterContainer counter) {
            return counter(counter);
        }
        return container instanceof MovableListContainer list ? elements(list) : nodes((TreeContainer) container);
    }

    private Blame elements(MovableListContainer list) {
        ElementLog log = shown.past().journal.elements(list);
        PieceLineage pieces = lineage.of(list);
        List<Blame.Run> runs = new ArrayList<>();
        int runLv = -1;
        int start = 0;
        int[] elements = shown.elements(list);
        for (int i = 0; i < elements.length; i++) {
            int lv = log.lv(pieces.root(log.pieceOf(elements[i])));
            if (lv != runLv && i > start) {
                runs.add(new Blame.Run(start, i, origin(runLv)));
                start = i;
            }
            runLv = lv;
        }
        if (elements.length > start) {
            runs.add(new Blame.Run(start, elements.length, origin(runLv)));
        }
        return new Blame.OfSequence(runs);
    }

    private Blame nodes(TreeContainer tree) {
        SortedMap<String, Origin> nodes = new TreeMap<>(KeyOrder.INSTANCE);
        TreeShape shape = shown.tree(tree).shape();
        for (int i = 0; i < shape.size(); i++) {
            int lv = tree.lv(shape.node(i));
            nodes.put(tree.id(shape.node(i)).toString(), origin(lv));
        }
        return new Blame.OfMap(nodes);
    }

    private Origin origin(int lv) {
        return new Origin(graph.id(lv), graph.lamport(lv), graph.time(lv));
    }

    private Blame map(MapContainer map) {
        SortedMap<String, Origin> entries = new TreeMap<>(KeyOrder.INSTANCE);
        for (Entry whole : map.sorted()) {
            Entry entry = shown.entry(whole);
            if (entry.count() > 0) {
                entries.put(Utf8.string(entry.key(), 0, entry.key().length), origin(entry.lv(entry.winner(graph))));
            }
        }
        return new Blame.OfMap(entries);
    }

    private Blame sequence(SequenceContainer sequence) {
        UnitOrder units = shown.past().units(sequence);
        PieceLineage standIns = lineage.of(sequence);
        boolean[] visible = shown.visible(sequence);
        boolean text = sequence.type() == ContainerType.TEXT;
        List<Blame.Run> runs = new ArrayList<>();
        int runLv = -1;
        int start = 0;
        int at = 0;
        for (int i = 0; i < units.size(); i++) {
            int unit = units.unit(i);
            int content = shown.past().journal.content(sequence, unit);
            if (!visible[unit] || (text && content < 0)) {
                continue;
            }
            int lv = units.lv(standIns.root(unit));
            if (lv != runLv && at > start) {
                runs.add(new Blame.Run(start, at, origin(runLv)));
                start = at;
            }
            runLv = lv;
            at += text ? Character.charCount(content) : 1;
        }
        if (at > start) {
            runs.add(new Blame.Run(start, at, origin(runLv)));
        }
        return new Blame.OfSequence(runs);
    }

    private Blame counter(CounterContainer counter) {
        Journal.Increments increments = shown.past().journal.increments(counter);
        SortedMap<Integer, Long> sums = new TreeMap<>(graph::compare);
        for (int i = 0; i < increments.lvs().size(); i++) {
            if (shown.has(increments.lvs().get(i))) {
                sums.merge(increments.lvs().get(i), increments.delta(i), Long::sum);
            }
        }
        List<Blame.Share> shares = new ArrayList<>();
        sums.forEach((lv, delta) -> shares.add(new Blame.Share(delta, origin(lv))));
        return new Blame.OfCounter(shares);
    }
}
