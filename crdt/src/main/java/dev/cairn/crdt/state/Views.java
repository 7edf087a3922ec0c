package dev.cairn.crdt.state;

import dev.cairn.crdt.document.ShownMark;
import dev.cairn.crdt.immutable.KeyTree;
import dev.cairn.crdt.sequence.TextContent;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The immutable views which documents hand out. */
final class Views {
    private Views() {}

    /** A document. */
    record State(String name, MapView root, List<Conflict> conflicts) implements DocumentState {}

    /** Shares with the views before it all but what has changed since. */
    static final class MapNode implements MapView {
        private final KeyTree<Node> tree;

        MapNode(KeyTree<Node> tree) {
            this.tree = tree;
        }

        @Override
        public Optional<Node> get(String key) {
            return Optional.ofNullable(tree.get(key));
        }

        @Override
        public SortedMap<String, Node> entries() {
            return tree.asMap();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof MapNode map
                    && (map.tree == tree || map.entries().equals(entries()));
        }

        @Override
        public int hashCode() {
            return entries().hashCode();
        }

        @Override
        public String toString() {
            return entries().toString();
        }
    }

    record ListNode(List<Node> elements) implements ListView {}

    record MovableListNode(List<Node> elements) implements MovableListView {}

    record RegisterNode(Optional<Node> value) implements RegisterView {}

    record CounterNode(long value) implements CounterView {}

    /** Makes its string, and finds out where its marks are, when it is first asked for them. */
    static final class TextNode implements TextView, MarkRange.Source {
        private final TextContent content;
        private final @Nullable ShownMark[] known;
        private volatile @Nullable List<MarkRange> ranges;
        private volatile @Nullable String string;

        TextNode(TextContent content, @Nullable ShownMark[] known) {
            this.content = content;
            this.known = known;
            this.ranges = known.length == 0 ? List.of() : null;
        }

        @Override
        public int length() {
            return content.utf16Length();
        }

        @Override
        public List<Mark> marks() {
            return ranges().stream().map(MarkRange::shown).toList();
        }

        @Override
        public List<MarkRange> ranges() {
            List<MarkRange> found = ranges;
            if (found == null) {
                MarkRanges inOrder = new MarkRanges(known);
                content.anchors(inOrder);
                found = inOrder.finish();
                ranges = found;
            }
            return found;
        }

        @Override
        public String toString() {
            String made = string;
            if (made == null) {
                made = content.toString();
                string = made;
            }
            return made;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof TextNode text
                    && text.marks().equals(marks())
                    && text.toString().equals(toString());
        }

        @Override
        public int hashCode() {
            return toString().hashCode();
        }
    }
}
