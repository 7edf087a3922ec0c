package dev.cairn.cli.document;

import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes of documents as plain values which JSON can say. */
public final class Plain {
    private Plain() {}

    /** Maps, lists, strings, numbers, booleans and null; bytes as Base64, instants as ISO 8601. */
    public static @Nullable Object of(Node node) {
        return of(node, false);
    }

    /** The same, with each text as a map of its {@code text} and its {@code marks}. */
    public static @Nullable Object withMarks(Node node) {
        return of(node, true);
    }

    static @Nullable Object of(Node node, boolean marks) {
        if (node instanceof MapView map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.entries().forEach((key, child) -> plain.put(key, of(child, marks)));
            return plain;
        }
        if (node instanceof ListView list) {
            List<@Nullable Object> plain = new ArrayList<>(list.size());
            list.elements().forEach(child -> plain.add(of(child, marks)));
            return plain;
        }
        if (node instanceof TextView text) {
            return marks ? marked(text) : text.toString();
        }
        if (node instanceof CounterView counter) {
            return counter.value();
        }
        if (node instanceof RegisterView register) {
            return register.value().map(value -> of(value, marks)).orElse(null);
        }
        if (node instanceof TreeView tree) {
            PlainTree plain = new PlainTree(marks);
            tree.walk(plain);
            return plain.roots();
        }
        return scalar((Value) node);
    }

    private static Map<String, @Nullable Object> marked(TextView text) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("text", text.toString());
        plain.put("marks", text.marks().stream().map(Marked::plain).toList());
        return plain;
    }

    private static @Nullable Object scalar(Value value) {
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
            return time.value().toString();
        }
        if (value instanceof Value.Blob blob) {
            ByteBuffer buffer = blob.bytes();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
        return null;
    }

    /** The type's name, as {@code ls} prints it. */
    public static String type(Node node) {
        if (node instanceof MapView) {
            return "map";
        }
        if (node instanceof MovableListView) {
            return "movable";
        }
        if (node instanceof ListView) {
            return "list";
        }
        if (node instanceof TextView) {
            return "text";
        }
        if (node instanceof CounterView) {
            return "counter";
        }
        if (node instanceof RegisterView) {
            return "register";
        }
        if (node instanceof TreeView) {
            return "tree";
        }
        return scalarType((Value) node);
    }

    private static String scalarType(Value value) {
        if (value instanceof Value.Bool) {
            return "boolean";
        }
        if (value instanceof Value.Int || value instanceof Value.Real) {
            return "number";
        }
        if (value instanceof Value.Str) {
            return "string";
        }
        if (value instanceof Value.Time) {
            return "time";
        }
        return value instanceof Value.Blob ? "bytes" : "null";
    }
}
