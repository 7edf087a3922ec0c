package dev.cairn.crdt.document;

import dev.cairn.crdt.sequence.TextContent;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
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

    record State(String name, MapView root, List<Conflict> conflicts) implements DocumentState {}

    record MapNode(SortedMap<String, Node> entries) implements MapView {
        @Override
        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }
    }

    record ListNode(List<Node> elements) implements ListView {}

    record MovableListNode(List<Node> elements) implements MovableListView {}

    record RegisterNode(Optional<Node> value) implements RegisterView {}

    record CounterNode(long value) implements CounterView {}

    /** Makes its string when it is first asked for. */
    static final class TextNode implements TextView {
        private final TextContent content;
        private volatile @Nullable String string;

        TextNode(TextContent content) {
            this.content = content;
        }

        @Override
        public int length() {
            return content.utf16Length();
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
            return other instanceof TextNode text && text.toString().equals(toString());
        }

        @Override
        public int hashCode() {
            return toString().hashCode();
        }
    }
}
