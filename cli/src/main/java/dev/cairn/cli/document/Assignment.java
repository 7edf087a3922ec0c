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
        within(() -> fill(place, value, Allowance.unlimited()));
    }

    /** Makes a map hold exactly these entries, under the same conditions. */
    public static void assignMap(MapEditor editor, Map<?, ?> map) {
        within(() -> fillMap(editor, map, Allowance.unlimited()));
    }

    /**
     * The same in as many changes as it takes: does what fits into one, and goes on from there when it is called again
     * for the next. An element of a list is made whole.
     *
     * @return whether the map holds these entries now
     */
    public static boolean assignMapInPart(MapEditor editor, Map<?, ?> map) {
        Allowance allowance = Allowance.ofOneChange();
        within(() -> fillMap(editor, map, allowance));
        return allowance.isFinished();
    }

    private static void within(Runnable edits) {
        try {
            edits.run();
        } catch (IllegalArgumentException beyondLimits) {
            throw Failure.usage("not a value for a document: " + beyondLimits.getMessage());
        }
    }

    static void fill(Place outer, @Nullable Object value, Allowance allowance) {
        Place place = outer.throughRegister();
        if (value instanceof Map<?, ?> map) {
            if (isThere(place, MapView.class) || allowance.takes(0)) {
                fillMap(fresh(place, MapView.class).map(), map, allowance);
            }
        } else if (value instanceof List<?> list) {
            if (isThere(place, ListView.class) || allowance.takes(0)) {
                new ListAssignment(fresh(place, ListView.class).anyList(), list, allowance).run();
            }
        } else {
            assignScalar(place, value, allowance);
        }
    }

    private static boolean isThere(Place place, Class<? extends Node> wanted) {
        return place.get().filter(wanted::isInstance).isPresent();
    }

    private static void fillMap(MapEditor editor, Map<?, ?> map, Allowance allowance) {
        for (String key : new TreeSet<>(editor.keys())) {
            if (!map.containsKey(key) && allowance.takes(key.length())) {
                editor.remove(key);
            }
        }
        map.forEach((key, value) -> {
            Place.Entry entry = new Place.Entry(editor, checkedKey(key));
            if (!holds(entry.get(), value)) {
                fill(entry, value, allowance);
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

    private static void assignScalar(Place place, @Nullable Object value, Allowance allowance) {
        Node there = place.get().orElse(null);
        if (there instanceof TextView text && value instanceof String string) {
            splice(place.text(), allowance.first(TextDiff.between(text.toString(), string)));
        } else if (allowance.takes(units(value))) {
            if (there instanceof CounterView counter && (value instanceof Integer || value instanceof Long)) {
                place.counter().add(((Number) value).longValue() - counter.value());
            } else {
                place.put(scalar(value));
            }
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

    /** How much text is in a value itself. */
    private static long units(@Nullable Object value) {
        return value instanceof String string ? string.length() : 0;
    }

    /** Puts a new element into a list, whole; returns whether it fitted. */
    static boolean insert(ListEditor editor, int index, @Nullable Object value, Allowance allowance) {
        if (!allowance.takes(units(value))) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            allowance.whole(() -> fillMap(editor.insertMap(index), map, allowance));
        } else if (value instanceof List<?> list) {
            allowance.whole(() -> new ListAssignment(editor.insertList(index), list, allowance).run());
        } else {
            editor.insert(index, scalar(value));
        }
        return true;
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
