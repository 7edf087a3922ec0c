package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.sequence.UnitOrder;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A document as some of its changes alone would have made it: those of a version, or all but the ones taken back.
 *
 * <p>Everything is computed from the whole past of a container when it is asked for, in time proportional to that.
 */
final class Projection {
    /** Stands for the content of an entry without assignments. */
    static final int ABSENT = Journal.REMOVED;

    private final Past past;
    private final EventGraph graph;
    private final IntPredicate changes;
    private @Nullable Document replayed;
    private final Map<SequenceContainer, boolean[]> visible = new HashMap<>();

    Projection(Past past, IntPredicate changes) {
        this.past = past;
        this.graph = past.document.graph;
        this.changes = changes;
    }

    Past past() {
        return past;
    }

    boolean has(int lv) {
        return changes.test(lv);
    }

    /** Returns the remaining assignments of an entry. */
    Entry entry(Entry whole) {
        Entry remaining = new Entry(whole.key, whole.hash);
        IntList operations = past.journal.operations(whole);
        for (int i = 0; i < operations.size(); i += 3) {
            int lv = operations.get(i);
            if (!changes.test(lv)) {
                continue;
            }
            remaining.supersede(graph, lv);
            if (operations.get(i + 2) != Journal.REMOVED) {
                remaining.add(lv, operations.get(i + 1), operations.get(i + 2));
            }
        }
        return remaining;
    }

    /** Returns what is shown under a key, or {@link #ABSENT}. */
    int shown(Entry whole) {
        Entry remaining = entry(whole);
        return remaining.count == 0 ? ABSENT : remaining.content(remaining.winner(graph));
    }

    /** Tells by unit which are visible. */
    boolean[] visible(SequenceContainer sequence) {
        return visible.computeIfAbsent(sequence, key -> past.units(key).visible(changes));
    }

    /** Returns the contents of the visible units. */
    int[] content(SequenceContainer sequence) {
        UnitOrder units = past.units(sequence);
        boolean[] shown = visible(sequence);
        int[] content = new int[units.size()];
        int size = 0;
        for (int i = 0; i < units.size(); i++) {
            if (shown[units.unit(i)]) {
                content[size++] = past.journal.content(sequence, units.unit(i));
            }
        }
        return Arrays.copyOf(content, size);
    }

    long sum(CounterContainer counter) {
        Journal.Increments increments = past.journal.increments(counter);
        long sum = 0;
        for (int i = 0; i < increments.lvs.size(); i++) {
            sum += changes.test(increments.lvs.get(i)) ? increments.delta(i) : 0;
        }
        return sum;
    }

    /**
     * Returns the container which is shown at the end of a path.
     *
     * @throws IllegalArgumentException if there is none
     */
    Container container(List<Step> path) {
        Container found = past.document.root;
        for (Step step : path) {
            int content = child(insideRegisters(found), step);
            if (content >= 0 || content == ABSENT) {
                throw new IllegalArgumentException("no container at " + step + " of " + path);
            }
            found = container(content);
        }
        return insideRegisters(found);
    }

    /** Returns what a register holds if that is a container, and so on; any other container itself. */
    private Container insideRegisters(Container container) {
        Container inside = container;
        while (inside instanceof MapContainer register && register.type == ContainerType.REGISTER) {
            int content = shown(register.findOrAdd(MapContainer.NO_KEY, 0, 0));
            if (content >= 0 || content == ABSENT) {
                return inside;
            }
            inside = container(content);
        }
        return inside;
    }

    /** Tells whether a step from one container leads to another. */
    boolean shows(Container around, Step step, Container inner) {
        return child(around, step) == ~inner.index;
    }

    private int child(Container container, Step step) {
        if (container instanceof MapContainer map && step instanceof Step.Key key) {
            byte[] name = Utf8.bytes(key.key());
            Entry entry = map.find(name, 0, name.length);
            return entry == null ? ABSENT : shown(entry);
        }
        if (container instanceof SequenceContainer list
                && list.type == ContainerType.LIST
                && step instanceof Step.Index index) {
            int[] content = content(list);
            return index.index() >= 0 && index.index() < content.length ? content[index.index()] : ABSENT;
        }
        if (container instanceof MovableListContainer list && step instanceof Step.Index index) {
            return element(list, index.index());
        }
        if (container instanceof TreeContainer tree && step instanceof Step.TreeNode node) {
            return node(tree, node.id());
        }
        return ABSENT;
    }

    /** Returns the document as these changes make it, which must be those of a version. */
    Document replayed() {
        Document known = replayed;
        if (known == null) {
            known = past.replay(changes);
            replayed = known;
        }
        return known;
    }

    /** Returns a container of the past in {@link #replayed}; null if it is not there. */
    @Nullable
    Container there(Container container) {
        return ContainerRef.counterpart(container, past.document, replayed());
    }

    /** Returns the content in the past for one in {@link #replayed}. */
    int here(int content) {
        if (content >= 0) {
            return content;
        }
        Container found = ContainerRef.counterpart(replayed().containers.get(~content), replayed(), past.document);
        return found == null ? ABSENT : ~found.index;
    }

    private int element(MovableListContainer list, int index) {
        if (there(list) instanceof MovableListContainer there && index >= 0 && index < there.size()) {
            return here(there.shown(there.elementAt(index)));
        }
        return ABSENT;
    }

    private int node(TreeContainer tree, TreeNodeId id) {
        int node = past.document.trees.find(tree, id);
        if (node < 0 || !(there(tree) instanceof TreeContainer there)) {
            return ABSENT;
        }
        int thereNode = replayed().trees.find(there, id);
        boolean in = thereNode >= 0 && there.moves.isIn(thereNode);
        return in ? ~past.document.trees.map(tree, node).index : ABSENT;
    }

    Container container(int content) {
        return past.document.containers.get(~content);
    }

    // ---- what a reader would see

    Optional<Node> optional(int content) {
        return content == ABSENT ? Optional.empty() : Optional.of(node(content));
    }

    Node node(int content) {
        if (content < 0) {
            return view(container(content));
        }
        return ValueCodec.read(past.document.log.array(content), past.document.log.offset(content));
    }

    Node view(Container container) {
        if (container instanceof MapContainer map) {
            return map.type == ContainerType.REGISTER
                    ? new PastRegister(optional(shown(map.findOrAdd(MapContainer.NO_KEY, 0, 0))))
                    : map(map);
        }
        if (container instanceof SequenceContainer sequence) {
            int[] content = content(sequence);
            return sequence.type == ContainerType.TEXT ? text(sequence, content) : list(content);
        }
        if (container instanceof CounterContainer counter) {
            return new PastCounter(sum(counter));
        }
        Container there = there(container);
        return there == null ? new PastList(List.of()) : new StateBuilder(replayed()).node(there);
    }

    private Node map(MapContainer map) {
        TreeMap<String, Node> entries = new TreeMap<>(KeyOrder.INSTANCE);
        for (Entry entry : map.sorted()) {
            int content = shown(entry);
            if (content != ABSENT) {
                entries.put(Utf8.string(entry.key, 0, entry.key.length), node(content));
            }
        }
        return new PastMap(Collections.unmodifiableSortedMap(entries));
    }

    private Node list(int[] content) {
        List<Node> elements = new ArrayList<>(content.length);
        for (int unit : content) {
            elements.add(node(unit));
        }
        return new PastList(List.copyOf(elements));
    }

    private Node text(SequenceContainer sequence, int[] content) {
        StringBuilder text = new StringBuilder(content.length);
        Marks marks = sequence.marks();
        MarkRanges ranges = marks == null ? null : new MarkRanges(past.document, marks);
        for (int unit : content) {
            if (unit >= 0) {
                text.appendCodePoint(unit);
            } else if (ranges != null) {
                ranges.anchor(unit, text.length());
            }
        }
        return new PastText(text.toString(), ranges == null ? List.of() : ranges.finish());
    }

    private record PastMap(SortedMap<String, Node> entries) implements MapView {
        @Override
        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }
    }

    private record PastList(List<Node> elements) implements ListView {}

    private record PastRegister(Optional<Node> value) implements RegisterView {}

    private record PastCounter(long value) implements CounterView {}

    private record PastText(String string, List<Mark> marks) implements TextView {
        @Override
        public int length() {
            return string.length();
        }

        @Override
        public String toString() {
            return string;
        }
    }
}
