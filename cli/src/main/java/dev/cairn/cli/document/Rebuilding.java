package dev.cairn.cli.document;

import dev.cairn.cli.shell.Failure;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.Value;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a document which does not exist yet from its JSON and its {@link Kinds}: texts become texts again, counters
 * counters, trees trees. A kind that does not fit what it stands at is a usage failure.
 *
 * <p>However large it is, no change of it is: a change has at most a mebibyte, so each call of {@link #more} makes a
 * part, and what was begun is found again in the next.
 */
public final class Rebuilding {
    /** So many bytes of keys and values are surely less than a change may have. */
    private static final int BYTES_MAX = 512 << 10;

    /** What an edit costs beyond its keys and values, and more. */
    private static final int EDIT_BYTES = 24;

    private static final int PIECE_UNITS_MAX = 16 << 10;

    private final Map<?, ?> kinds;
    /** What has begun and has not ended, the innermost first. */
    private final Deque<Part> open = new ArrayDeque<>();

    private @Nullable DocumentEditor document;
    private int change;
    private int bytes;

    private Rebuilding(Map<?, ?> content, Map<?, ?> kinds) {
        this.kinds = kinds;
        open.push(new Entries(new Spot<>(DocumentEditor::map), content, new DocumentPath(List.of())));
    }

    /** The making of an empty document's content. */
    public static Rebuilding of(Map<?, ?> content, Map<?, ?> kinds) {
        return new Rebuilding(content, kinds);
    }

    /** Whether all of it is made. */
    public boolean isDone() {
        return open.isEmpty();
    }

    /** Makes as much as fits into a change. */
    public void more(DocumentEditor editor) {
        document = editor;
        change++;
        bytes = 0;
        try {
            while (!open.isEmpty() && bytes < BYTES_MAX) {
                if (open.element().isDone()) {
                    open.pop();
                } else {
                    open.element().step();
                }
            }
        } catch (IllegalArgumentException | DateTimeException misfit) {
            throw Failure.usage("not a value for a document: " + misfit.getMessage());
        } finally {
            document = null;
        }
    }

    /** Something that is filled step by step. */
    private interface Part {
        boolean isDone();

        void step();
    }

    /** A container that is being filled: in each change it is found anew. */
    private final class Spot<E> {
        private final Function<DocumentEditor, E> way;
        private int found;
        private @Nullable E editor;

        private Spot(Function<DocumentEditor, E> way) {
            this.way = way;
        }

        private Spot(Supplier<E> way) {
            this(document -> way.get());
        }

        private E editor() {
            E there = editor;
            if (there == null || found != change) {
                there = way.apply(Objects.requireNonNull(document));
                editor = there;
                found = change;
            }
            return there;
        }
    }

    /** The entries of a map. */
    private final class Entries implements Part {
        private final Spot<MapEditor> map;
        private final Iterator<? extends Map.Entry<?, ?>> rest;
        private final DocumentPath path;

        private Entries(Spot<MapEditor> map, Map<?, ?> content, DocumentPath path) {
            this.map = map;
            this.rest = content.entrySet().iterator();
            this.path = path;
        }

        @Override
        public boolean isDone() {
            return !rest.hasNext();
        }

        @Override
        public void step() {
            Map.Entry<?, ?> entry = rest.next();
            String key = entry.getKey().toString();
            if (key.isEmpty()) {
                throw Failure.usage("empty key in an object: a key has at least one character");
            }
            count(key);
            DocumentPath child = path.child(key);
            fill(() -> new Place.Entry(map.editor(), key), entry.getValue(), child, kind(child));
        }
    }

    /** The elements of a list of either kind. */
    private final class Elements implements Part {
        private final Spot<? extends ListEditor> list;
        private final List<?> elements;
        private final DocumentPath path;
        private int next;

        private Elements(Spot<? extends ListEditor> list, List<?> elements, DocumentPath path) {
            this.list = list;
            this.elements = elements;
            this.path = path;
        }

        @Override
        public boolean isDone() {
            return next == elements.size();
        }

        @Override
        public void step() {
            int index = next++;
            DocumentPath child = path.child(String.valueOf(index));
            fill(() -> new Place.Element(list.editor(), index), elements.get(index), child, kind(child));
        }
    }

    /** The characters of a text. */
    private final class Characters implements Part {
        private final Spot<TextEditor> text;
        private final String content;
        private int from;

        private Characters(Spot<TextEditor> text, String content) {
            this.text = text;
            this.content = content;
        }

        @Override
        public boolean isDone() {
            return from == content.length();
        }

        @Override
        public void step() {
            int to = Math.min(content.length(), from + PIECE_UNITS_MAX);
            if (to < content.length() && Character.isHighSurrogate(content.charAt(to - 1))) {
                to--;
            }
            String piece = content.substring(from, to);
            text.editor().insert(text.editor().length(), piece);
            count(piece);
            from = to;
        }
    }

    /** The nodes of a tree, which get new names; those too deep to be nested in the JSON say whose child they are. */
    private final class Nodes implements Part {
        private final Spot<TreeEditor> tree;
        private final DocumentPath path;
        private final Map<String, TreeNodeId> names = new HashMap<>();
        /** Nodes with what they are below, if the JSON has them inside of it; the next one first. */
        private final Deque<Map.Entry<Map<?, ?>, Optional<TreeNodeId>>> rest = new ArrayDeque<>();

        private Nodes(Spot<TreeEditor> tree, List<?> roots, DocumentPath path) {
            this.tree = tree;
            this.path = path;
            first(roots, Optional.empty());
        }

        private void first(List<?> nodes, Optional<TreeNodeId> above) {
            List<Object> backwards = new ArrayList<>(nodes);
            Collections.reverse(backwards);
            backwards.forEach(node -> rest.push(Map.entry(fitting(node, Map.class, path), above)));
        }

        @Override
        public boolean isDone() {
            return rest.isEmpty();
        }

        @Override
        public void step() {
            Map.Entry<Map<?, ?>, Optional<TreeNodeId>> next = rest.pop();
            Map<?, ?> node = next.getKey();
            String name = String.valueOf(node.get("id"));
            Optional<TreeNodeId> parent = Optional.ofNullable(names.get(String.valueOf(node.get("parent"))))
                    .or(next::getValue);
            TreeNodeId id = parent.map(tree.editor()::add).orElseGet(tree.editor()::add);
            names.put(name, id);
            count(name);
            if (node.get("children") instanceof List<?> children) {
                first(children, Optional.of(id));
            }
            Map<?, ?> data = fitting(node.get("data"), Map.class, path);
            open.push(new Entries(new Spot<>(() -> tree.editor().data(id)), data, path.child(name)));
        }
    }

    private String kind(DocumentPath path) {
        Object kind = kinds.get(path.toString());
        return kind == null ? "" : kind.toString();
    }

    private void count(String text) {
        bytes += text.getBytes(StandardCharsets.UTF_8).length + EDIT_BYTES;
    }

    private void fill(Supplier<Place> place, @Nullable Object value, DocumentPath path, String kind) {
        Optional<String> held = Kinds.held(kind);
        if (held.isPresent()) {
            fill(() -> new Place.Held(place.get().register()), value, path, held.get());
            return;
        }
        switch (kind) {
            case "text" -> {
                Spot<TextEditor> text = begin(() -> place.get().text());
                open.push(new Characters(text, fitting(value, String.class, path)));
            }
            case "counter" ->
                place.get().counter().add(fitting(value, Number.class, path).longValue());
            case "movable" -> fillList(begin(() -> place.get().movableList()), value, path);
            case "tree" ->
                open.push(new Nodes(begin(() -> place.get().tree()), fitting(value, List.class, path), path));
            case "time" -> place.get().put(Value.of(Instant.parse(fitting(value, String.class, path))));
            case "bytes" -> {
                String base64 = fitting(value, String.class, path);
                count(base64);
                place.get().put(Value.of(Base64.getDecoder().decode(base64)));
            }
            default -> plain(place, value, path);
        }
        bytes += EDIT_BYTES;
    }

    private void plain(Supplier<Place> place, @Nullable Object value, DocumentPath path) {
        if (value instanceof Map<?, ?> map) {
            open.push(new Entries(begin(() -> place.get().map()), map, path));
        } else if (value instanceof List<?> list) {
            fillList(begin(() -> place.get().list()), list, path);
        } else {
            if (value instanceof String string) {
                count(string);
            }
            Assignment.assign(place.get(), value);
        }
    }

    private void fillList(Spot<? extends ListEditor> list, @Nullable Object value, DocumentPath path) {
        open.push(new Elements(list, fitting(value, List.class, path), path));
    }

    /** A container which is there from now on, also if nothing comes into it. */
    private <E> Spot<E> begin(Supplier<E> way) {
        Spot<E> spot = new Spot<>(way);
        spot.editor();
        return spot;
    }

    private static <T> T fitting(@Nullable Object value, Class<T> wanted, DocumentPath path) {
        if (!wanted.isInstance(value)) {
            throw Failure.usage("what is at " + path + " does not fit its kind");
        }
        return wanted.cast(value);
    }
}
