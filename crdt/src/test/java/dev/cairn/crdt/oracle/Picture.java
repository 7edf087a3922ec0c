package dev.cairn.crdt.oracle;

import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees of a document, as words: the same for the engine and the oracle if and only if they agree.
 *
 * @param content the plain values, entries in the order of their keys
 * @param conflicts every conflict, sorted
 */
record Picture(String content, List<String> conflicts) {
    static Picture of(DocumentState state) {
        return new Picture(
                plain(state.toPlain()),
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
                plain(plainNode(assignment.value())),
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
        return path.stream()
                .map(step -> step instanceof Step.Key key ? "/" + key.key() : "[" + ((Step.Index) step).index() + "]")
                .collect(Collectors.joining());
    }

    /** Returns what {@link DocumentState#toPlain} makes of a node. */
    static @Nullable Object plainNode(Node node) {
        if (node instanceof MapView map) {
            Map<String, @Nullable Object> plain = new java.util.LinkedHashMap<>();
            map.entries().forEach((key, value) -> plain.put(key, plainNode(value)));
            return plain;
        }
        if (node instanceof ListView list) {
            return Arrays.asList(
                    list.elements().stream().map(Picture::plainNode).toArray());
        }
        if (node instanceof TextView text) {
            return text.toString();
        }
        if (node instanceof CounterView counter) {
            return counter.value();
        }
        return scalar((Value) node);
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

    /** Returns a plain value in words, its class included. */
    static String plain(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> plain(entry.getKey()) + "=" + plain(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (plain instanceof List<?> list) {
            return list.stream().map(Picture::plain).collect(Collectors.joining(", ", "[", "]"));
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
