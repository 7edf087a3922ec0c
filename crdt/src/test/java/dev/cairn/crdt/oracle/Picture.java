package dev.cairn.crdt.oracle;

import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees of a document, as words: the same for the engine and the oracle if and only if they agree.
 *
 * @param content the values, entries in the order of their keys
 * @param conflicts every conflict, sorted
 */
record Picture(String content, List<String> conflicts) {
    /** What tells a container from a scalar that looks alike. */
    record Typed(Kind kind, Object value) {}

    /** A node of a tree with all below it. */
    record TreeNode(String id, @Nullable Object data, List<?> children) {}

    /** A text with marks: ranges in UTF-16 code units, as long as they can be. */
    record Marked(String text, List<String> ranges) {}

    /**
     * Returns a text, with its ranges if any of its code points has a mark.
     *
     * @param marks for each code point its marks
     */
    static Object marked(String text, List<SortedMap<String, Value>> marks) {
        Set<String> keys = new TreeSet<>(Oracle.UTF8);
        marks.forEach(here -> keys.addAll(here.keySet()));
        List<String> found = new ArrayList<>();
        for (String key : keys) {
            int from = 0;
            for (int i = 1; i <= marks.size(); i++) {
                Value value = marks.get(from).get(key);
                if (i == marks.size() || !Objects.equals(value, marks.get(i).get(key))) {
                    if (value != null) {
                        found.add(range(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, i), key, value));
                    }
                    from = i;
                }
            }
        }
        return found.isEmpty() ? text : new Marked(text, found.stream().sorted().toList());
    }

    static String range(int from, int to, String key, Value value) {
        return String.format("%06d-%06d %s=%s", from, to, key, words(scalar(value)));
    }

    static Picture of(DocumentState state) {
        return new Picture(
                words(read(state.root())),
                state.conflicts().stream().map(Picture::conflict).sorted().toList());
    }

    private static String conflict(Conflict conflict) {
        if (conflict instanceof Conflict.Assignments assignments) {
            return assigned(
                    assignments.path(),
                    assignments.assignments().stream().map(Picture::assignment).toList());
        }
        Conflict.LostEdits lost = (Conflict.LostEdits) conflict;
        return lost(
                lost.path(),
                lost.edits().stream()
                        .map(edit -> edit.change() + "@" + edit.lamport() + "/" + edit.timeMillis())
                        .toList());
    }

    private static String assignment(Assignment assignment) {
        return assignment(
                words(read(assignment.value())),
                assignment.change() + "@" + assignment.lamport() + "/" + assignment.timeMillis());
    }

    static String assignment(String value, String by) {
        return value + " by " + by;
    }

    static String assigned(List<Step> path, List<String> assignments) {
        return path(path) + " assigned " + assignments;
    }

    static String lost(List<Step> path, List<String> edits) {
        return path(path) + " lost " + edits;
    }

    private static String path(List<Step> path) {
        return path.stream().map(Picture::step).collect(Collectors.joining());
    }

    private static String step(Step step) {
        if (step instanceof Step.Key key) {
            return "/" + key.key();
        }
        return step instanceof Step.TreeNode node ? "<" + node.id() + ">" : "[" + ((Step.Index) step).index() + "]";
    }

    /** Returns plain values for a node, texts and counters marked. */
    static @Nullable Object read(Node node) {
        if (node instanceof MapView map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.entries().forEach((key, value) -> plain.put(key, read(value)));
            return plain;
        }
        if (node instanceof MovableListView list) {
            return new Typed(
                    Kind.MOVABLE_LIST,
                    Arrays.asList(list.elements().stream().map(Picture::read).toArray()));
        }
        if (node instanceof ListView list) {
            return Arrays.asList(list.elements().stream().map(Picture::read).toArray());
        }
        if (node instanceof TextView text) {
            List<String> ranges = text.marks().stream()
                    .map(mark -> range(mark.start(), mark.end(), mark.key(), mark.value()))
                    .sorted()
                    .toList();
            return new Typed(Kind.TEXT, ranges.isEmpty() ? text.toString() : new Marked(text.toString(), ranges));
        }
        if (node instanceof TreeView tree) {
            return new Typed(Kind.TREE, nodes(tree, tree.roots()));
        }
        if (node instanceof RegisterView register) {
            return new Typed(
                    Kind.REGISTER, register.value().stream().map(Picture::read).toArray());
        }
        if (node instanceof CounterView counter) {
            return new Typed(Kind.COUNTER, counter.value());
        }
        return scalar((Value) node);
    }

    private static List<Object> nodes(TreeView tree, List<TreeNodeId> ids) {
        List<Object> nodes = new ArrayList<>();
        ids.forEach(id -> nodes.add(new TreeNode(id.toString(), read(tree.data(id)), nodes(tree, tree.children(id)))));
        return nodes;
    }

    /** Returns the plain form of a scalar. */
    static @Nullable Object scalar(Value value) {
        if (value instanceof Value.Bool bool) {
            return bool.value();
        }
        if (value instanceof Value.Int integer) {
            return integer.value();
        }
        if (value instanceof Value.Real real) {
            return real.value();
        }
        if (value instanceof Value.Str string) {
            return string.value();
        }
        if (value instanceof Value.Time time) {
            return time.value();
        }
        return value instanceof Value.Blob ? value : null;
    }

    /** Returns plain values without the marks, as {@link DocumentState#toPlain} has them. */
    static @Nullable Object unmarked(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> unmarked = new LinkedHashMap<>();
            map.forEach((key, value) -> unmarked.put(key, unmarked(value)));
            return unmarked;
        }
        if (plain instanceof List<?> list) {
            return Arrays.asList(list.stream().map(Picture::unmarked).toArray());
        }
        if (plain instanceof Typed typed && typed.value() instanceof Object[] held) {
            return held.length == 0 ? null : unmarked(held[0]);
        }
        if (plain instanceof TreeNode node) {
            Map<Object, @Nullable Object> unmarked = new LinkedHashMap<>();
            unmarked.put("id", node.id());
            unmarked.put("data", unmarked(node.data()));
            unmarked.put("children", unmarked(node.children()));
            return unmarked;
        }
        if (plain instanceof Typed typed && typed.value() instanceof Marked marked) {
            return marked.text();
        }
        return plain instanceof Typed typed ? unmarked(typed.value()) : plain;
    }

    /** Returns plain values in words, the class of each included. */
    static String words(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> words(entry.getKey()) + "=" + words(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (plain instanceof List<?> list) {
            return list.stream().map(Picture::words).collect(Collectors.joining(", ", "[", "]"));
        }
        if (plain instanceof Typed typed) {
            return typed.kind() + " " + words(typed.value());
        }
        if (plain instanceof TreeNode node) {
            return node.id() + " " + words(node.data()) + " " + words(node.children());
        }
        if (plain instanceof Object[] held) {
            return words(Arrays.asList(held));
        }
        if (plain instanceof String string) {
            return '"' + string + '"';
        }
        if (plain instanceof Value.Blob blob) {
            ByteBuffer bytes = blob.bytes();
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return "bytes" + Arrays.toString(copy);
        }
        return plain == null ? "null" : plain.getClass().getSimpleName() + " " + plain;
    }
}
