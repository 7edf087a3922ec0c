package dev.cairn.crdt.reversal;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.document.Trees;
import dev.cairn.crdt.editing.Editing;
import dev.cairn.crdt.editing.Marking;
import dev.cairn.crdt.editing.OfTree;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.lineage.ContainerRef;
import dev.cairn.crdt.lineage.Past;
import dev.cairn.crdt.lineage.PieceLineage;
import dev.cairn.crdt.lineage.Projection;
import dev.cairn.crdt.sequence.UnitOrder;
import dev.cairn.crdt.state.MarkRange;
import dev.cairn.crdt.state.StateBuilder;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Makes a document as it was at a version, by local edits and as few as there can be: what is the same character,
 * element or container then and now stays, so that what others edit meanwhile merges.
 */
public final class Restoring {
    private final Past past;
    private final Editing editing;
    private final Projection then;
    private final Projection now;

    private Restoring(Past past, Editing editing, IntPredicate version) {
        this.past = past;
        this.editing = editing;
        this.then = new Projection(past, version);
        this.now = new Projection(past, lv -> true);
    }

    /** Makes a document as it was at a version, given by its changes. */
    public static void apply(Past past, Editing editing, IntPredicate version) {
        editing.requireOpen();
        new Restoring(past, editing, version).apply();
    }

    private void apply() {
        map(past.document().root());
    }

    private void inside(Container container) {
        if (container instanceof MapContainer map) {
            map(map);
        } else if (container instanceof SequenceContainer sequence) {
            sequence(sequence);
        } else if (container instanceof CounterContainer counter) {
            editing.add((CounterContainer) live(counter), then.sum(counter) - now.sum(counter));
        } else {
            structure(container).forEach(this::inside);
        }
    }

    /**
     * Makes a movable list or a tree as it was, but for what is inside the containers that are in both; returns these.
     */
    List<Container> structure(Container container) {
        Container there = then.there(container);
        if (there == null || new StateBuilder(then.replayed()).node(there).equals(editing.view(live(container)))) {
            return List.of();
        }
        if (container instanceof MovableListContainer list && there instanceof MovableListContainer wanted) {
            return new ListRestoring(editing, then, (MovableListContainer) live(list), wanted).apply();
        }
        return container instanceof TreeContainer tree ? tree(tree) : List.of();
    }

    private List<Container> tree(TreeContainer tree) {
        TreeView wanted = (TreeView) then.view(tree);
        TreeContainer live = (TreeContainer) live(tree);
        OfTree editor = new OfTree(editing, live);
        place(editor, wanted, wanted.roots());
        List<Container> maps = new ArrayList<>();
        for (TreeNodeId node : wanted.nodes()) {
            place(editor, wanted, wanted.children(node));
            Trees trees = past.document().trees();
            maps.add(trees.map(tree, trees.find(tree, node)));
        }
        // only now: a node that came back has brought with it what is below it
        for (TreeNodeId node : ((TreeView) editing.view(live)).nodes()) {
            if (!wanted.contains(node)) {
                editor.remove(node);
            }
        }
        return maps;
    }

    /** Puts nodes, which belong below one node or at the top, there in their order. */
    private static void place(OfTree editor, TreeView wanted, List<TreeNodeId> children) {
        for (int i = 0; i < children.size(); i++) {
            TreeNodeId node = children.get(i);
            Optional<TreeNodeId> parent = wanted.parent(node);
            boolean there = editor.contains(node) && editor.parent(node).equals(parent) && editor.indexOf(node) == i;
            if (there) {
                continue;
            }
            if (parent.isPresent()) {
                editor.move(node, parent.get(), i);
            } else {
                editor.move(node, i);
            }
        }
    }

    private Container live(Container container) {
        Container live = ContainerRef.counterpart(container, past.document(), editing.document());
        if (live == null) {
            throw new IllegalStateException("a container of the past is not there now");
        }
        return live;
    }

    private Value value(int content) {
        return ValueCodec.read(
                past.document().log().array(content), past.document().log().offset(content));
    }

    private void map(MapContainer map) {
        MapContainer live = (MapContainer) live(map);
        for (Entry entry : map.sorted()) {
            int shown = now.shown(entry);
            int wanted = then.shown(entry);
            if (wanted == Projection.ABSENT) {
                editing.remove(live, entry.key());
            } else if (wanted >= 0) {
                if (shown < 0 || !value(wanted).equals(value(shown))) {
                    editing.put(live, entry.key(), value(wanted));
                }
            } else {
                Container container = then.container(wanted);
                if (shown != wanted) {
                    Entry there = live.findOrAdd(entry.key(), 0, entry.key().length);
                    editing.assign(live, there, live(container));
                }
                inside(container);
            }
        }
    }

    private void sequence(SequenceContainer sequence) {
        if (then.view(sequence).equals(now.view(sequence))) {
            return;
        }
        UnitOrder units = past.units(sequence);
        PieceLineage lineage = past.lineage().of(sequence);
        boolean[] visible = now.visible(sequence);
        boolean[] wanted = then.visible(sequence);
        int[] positions = positions(units, visible);
        boolean[] kept = new boolean[units.operations()];
        SequenceRewriting rewriting = new SequenceRewriting(editing, (SequenceContainer) live(sequence), then::node);
        List<Container> same = new ArrayList<>();
        IntList contents = new IntList();
        int place = 0;
        for (int i = 0; i < units.size(); i++) {
            int unit = units.unit(i);
            if (!wanted[unit] || isAnchor(sequence, unit)) {
                continue;
            }
            int standIn = standIn(lineage, unit, positions, place);
            if (standIn < 0) {
                contents.add(past.journal().content(sequence, unit));
                continue;
            }
            flush(rewriting, place, contents);
            kept[standIn] = true;
            place = positions[standIn] + 1;
            int content = past.journal().content(sequence, standIn);
            if (sequence.type() == ContainerType.LIST && content < 0) {
                same.add(then.container(content));
            }
        }
        flush(rewriting, place, contents);
        rewriting.delete(gone(sequence, units, visible, kept, positions));
        if (then.view(sequence) instanceof TextView text) {
            Marking.make(editing, (SequenceContainer) live(sequence), MarkRange.of(text));
        }
        same.forEach(this::inside);
    }

    private static void flush(SequenceRewriting rewriting, int place, IntList contents) {
        if (contents.size() > 0) {
            rewriting.insert(place, 0, contents);
            contents.truncate(0);
        }
    }

    private boolean isAnchor(SequenceContainer sequence, int unit) {
        return sequence.type() == ContainerType.TEXT && past.journal().content(sequence, unit) < 0;
    }

    private static int[] positions(UnitOrder units, boolean[] visible) {
        int[] positions = new int[units.operations()];
        int next = 0;
        for (int i = 0; i < units.size(); i++) {
            positions[units.unit(i)] = visible[units.unit(i)] ? next++ : -1;
        }
        return positions;
    }

    /** Returns the visible unit behind that place which is the wanted one or stands for the same; -1 if none does. */
    private static int standIn(PieceLineage lineage, int unit, int[] positions, int place) {
        if (positions[unit] >= place) {
            return unit;
        }
        for (int other : lineage.standIns(unit)) {
            if (positions[other] >= place) {
                return other;
            }
        }
        return -1;
    }

    private IntList gone(
            SequenceContainer sequence, UnitOrder units, boolean[] visible, boolean[] kept, int[] positions) {
        IntList gone = new IntList();
        for (int i = 0; i < units.size(); i++) {
            int unit = units.unit(i);
            if (visible[unit] && !kept[unit] && !isAnchor(sequence, unit)) {
                gone.add(positions[unit]);
            }
        }
        return gone;
    }
}
