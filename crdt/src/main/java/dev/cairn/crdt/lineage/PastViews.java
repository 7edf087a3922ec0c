package dev.cairn.crdt.lineage;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.Marks;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.state.MarkRange;
import dev.cairn.crdt.state.MarkRanges;
import dev.cairn.crdt.state.TreeNodes;
import dev.cairn.crdt.tree.TreeShape;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a reader would see of a version of a document. */
final class PastViews {
    private static final MapView EMPTY = new PastMap(Collections.emptySortedMap());

    private final Projection version;

    PastViews(Projection version) {
        this.version = version;
    }

    /** Returns the map of a node. */
    MapView data(TreeContainer tree, int node) {
        MapContainer map = tree.map(node);
        return map == null ? EMPTY : map(map);
    }

    Optional<Node> optional(int content) {
        return content == Projection.ABSENT ? Optional.empty() : Optional.of(node(content));
    }

    /** Returns what a content shows. */
    Node node(int content) {
        if (content < 0) {
            return view(version.container(content));
        }
        return ValueCodec.read(
                version.past().document.log().array(content),
                version.past().document.log().offset(content));
    }

    /** Returns what a container showed. */
    Node view(Container container) {
        if (container instanceof MapContainer map) {
            return map.type() == ContainerType.REGISTER
                    ? new PastRegister(optional(version.shown(map.findOrAdd(MapContainer.NO_KEY, 0, 0))))
                    : map(map);
        }
        if (container instanceof SequenceContainer sequence) {
            int[] content = version.content(sequence);
            return sequence.type() == ContainerType.TEXT ? text(sequence, content) : list(content);
        }
        if (container instanceof CounterContainer counter) {
            return new PastCounter(version.sum(counter));
        }
        if (container instanceof MovableListContainer list) {
            return new PastMovableList(Arrays.stream(version.elements(list))
                    .mapToObj(element -> node(version.shown(list, element)))
                    .toList());
        }
        return treeView((TreeContainer) container);
    }

    private Node treeView(TreeContainer tree) {
        TreeShape shape = version.tree(tree).shape();
        List<TreeNodeId> ids = new ArrayList<>(shape.size());
        List<MapView> data = new ArrayList<>(shape.size());
        for (int i = 0; i < shape.size(); i++) {
            ids.add(tree.id(shape.node(i)));
            data.add(data(tree, shape.node(i)));
        }
        return new TreeNodes(shape, ids, data);
    }

    private MapView map(MapContainer map) {
        TreeMap<String, Node> entries = new TreeMap<>(KeyOrder.INSTANCE);
        for (Entry entry : map.sorted()) {
            int content = version.shown(entry);
            if (content != Projection.ABSENT) {
                entries.put(Utf8.string(entry.key(), 0, entry.key().length), node(content));
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
        MarkRanges ranges = marks == null ? null : new MarkRanges(marks.shown(version.past().document));
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

    private record PastMovableList(List<Node> elements) implements MovableListView {}

    private record PastRegister(Optional<Node> value) implements RegisterView {}

    private record PastCounter(long value) implements CounterView {}

    private record PastText(String string, List<MarkRange> ranges) implements TextView, MarkRange.Source {
        @Override
        public List<Mark> marks() {
            return ranges.stream().map(MarkRange::shown).toList();
        }

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
