package dev.cairn.cli.document;

import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.text.Splice;
import dev.cairn.cli.text.TextDiff;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a place hold a JSON value with as few edits as possible, so that what others do to the same value at the same
 * time survives: only the entries of a map and the stretch of a list which differ are touched, a text stays a text and
 * changes by {@linkplain TextDiff its difference}, a counter stays a counter and gets the missing amount.
 */
public final class Assignment {
    private Assignment() {}

    /**
     * Makes {@code place} hold {@code value}: a Map, List, String, Number, Boolean or null. A value which no document
     * can hold, such as one nested too deeply, is a usage failure.
     */
    public static void assign(Place place, @Nullable Object value) {
        within(() -> fill(place, value));
    }

    /** Makes a map hold exactly these entries, under the same conditions. */
    public static void assignMap(MapEditor editor, Map<?, ?> map) {
        within(() -> fillMap(editor, map));
    }

    private static void within(Runnable edits) {
        try {
            edits.run();
        } catch (IllegalArgumentException beyondLimits) {
            throw Failure.usage("not a value for a document: " + beyondLimits.getMessage());
        }
    }

    static void fill(Place outer, @Nullable Object value) {
        Place place = outer.throughRegister();
        if (value instanceof Map<?, ?> map) {
            fillMap(fresh(place, MapView.class).map(), map);
        } else if (value instanceof List<?> list) {
            new ListAssignment(fresh(place, ListView.class).anyList(), list).run();
        } else {
            assignScalar(place, value);
        }
    }

    private static void fillMap(MapEditor editor, Map<?, ?> map) {
        for (String key : new TreeSet<>(editor.keys())) {
            if (!map.containsKey(key)) {
                editor.remove(key);
            }
        }
        map.forEach((key, value) -> {
            Place.Entry entry = new Place.Entry(editor, checkedKey(key));
            if (!holds(entry.get(), value)) {
                fill(entry, value);
            }
        });
    }

    /** Makes a place hold a container of a kind, empty unless it is of that kind already. */
    public static void make(Place place, Kind kind) {
        within(() -> {
            if (place.get().filter(kind::isKindOf).isEmpty()) {
                place.get().ifPresent(other -> place.remove());
                kind.make(place);
            }
        });
    }

    /** The text at a place; what is there and no text goes. */
    public static TextEditor text(Place place) {
        return fresh(place, TextView.class).text();
    }

    /** Applies edits of a text's present content. */
    public static void splice(TextEditor editor, List<Splice> splices) {
        for (int i = splices.size() - 1; i >= 0; i--) {
            Splice splice = splices.get(i);
            if (splice.removed() > 0) {
                editor.delete(splice.position(), splice.removed());
            }
            if (!splice.inserted().isEmpty()) {
                editor.insert(splice.position(), splice.inserted());
            }
        }
    }

    /** A container is not filled over one of another type: that is removed first. */
    private static Place fresh(Place place, Class<? extends Node> wanted) {
        if (place instanceof Place.Entry
                && place.get().filter(there -> !wanted.isInstance(there)).isPresent()) {
            place.remove();
        }
        return place;
    }

    private static void assignScalar(Place place, @Nullable Object value) {
        Node there = place.get().orElse(null);
        if (there instanceof TextView text && value instanceof String string) {
            splice(place.text(), TextDiff.between(text.toString(), string));
        } else if (there instanceof CounterView counter && (value instanceof Integer || value instanceof Long)) {
            place.counter().add(((Number) value).longValue() - counter.value());
        } else {
            place.put(scalar(value));
        }
    }

    /**
     * Whether a value may be assigned to an element, which then stays the same one: any in a movable list, else what
     * goes on inside of a container.
     */
    static boolean goesInto(ListEditor editor, int index, @Nullable Object value) {
        Node there = editor.get(index);
        return editor instanceof MovableListEditor
                || (there instanceof MapView && value instanceof Map)
                || (there instanceof ListView && value instanceof List)
                || (there instanceof TextView && value instanceof String)
                || (there instanceof CounterView && (value instanceof Integer || value instanceof Long))
                || there instanceof RegisterView;
    }

    static void insert(ListEditor editor, int index, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            fillMap(editor.insertMap(index), map);
        } else if (value instanceof List<?> list) {
            new ListAssignment(editor.insertList(index), list).run();
        } else {
            editor.insert(index, scalar(value));
        }
    }

    private static boolean holds(Optional<Node> node, @Nullable Object value) {
        return node.isPresent() && comparable(Plain.of(node.get())).equals(comparable(value));
    }

    /** Whether a node says the same as a plain value. */
    public static boolean same(Node node, @Nullable Object value) {
        return holds(Optional.of(node), value);
    }

    /** Equal for plain values which are equal as JSON. */
    static Optional<Object> comparable(@Nullable Object value) {
        return Optional.ofNullable(normal(value));
    }

    private static @Nullable Object normal(@Nullable Object value) {
        if (value instanceof Integer integer) {
            return integer.longValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Assignment::comparable).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Optional<Object>> normal = new HashMap<>();
            map.forEach((key, entry) -> normal.put(key, comparable(entry)));
            return normal;
        }
        return value;
    }

    private static Value scalar(@Nullable Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw Failure.usage("number too large: beyond 1.8e308 there is none; write it as a string");
        }
        if (value instanceof BigInteger || value instanceof BigDecimal) {
            throw Failure.usage("number too large: " + value + ": integers have 64 bits; write it as a string");
        }
        try {
            return Value.of(value);
        } catch (IllegalArgumentException lone) {
            throw Failure.usage("not a value: " + lone.getMessage());
        }
    }

    private static String checkedKey(Object key) {
        String text = key.toString();
        if (text.isEmpty()) {
            throw Failure.usage("empty key in an object: a key has at least one character");
        }
        return text;
    }
}
