package dev.cairn.cli.document;

import dev.cairn.cli.shell.Failure;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a document which does not exist yet from its JSON and its {@link Kinds}: texts become texts again, counters
 * counters, trees trees. A kind that does not fit what it stands at is a usage failure.
 */
public final class Rebuilding {
    private final Map<?, ?> kinds;

    private Rebuilding(Map<?, ?> kinds) {
        this.kinds = kinds;
    }

    /** Fills an empty document. */
    public static void build(DocumentEditor editor, Map<?, ?> content, Map<?, ?> kinds) {
        try {
            new Rebuilding(kinds).fillMap(editor.map(), content, new DocumentPath(List.of()));
        } catch (IllegalArgumentException | DateTimeException misfit) {
            throw Failure.usage("not a value for a document: " + misfit.getMessage());
        }
    }

    private void fillMap(MapEditor editor, Map<?, ?> map, DocumentPath path) {
        map.forEach((key, value) -> {
            String name = key.toString();
            if (name.isEmpty()) {
                throw Failure.usage("empty key in an object: a key has at least one character");
            }
            DocumentPath child = path.child(name);
            fill(new Place.Entry(editor, name), value, child, kind(child));
        });
    }

    private String kind(DocumentPath path) {
        Object kind = kinds.get(path.toString());
        return kind == null ? "" : kind.toString();
    }

    private void fill(Place place, @Nullable Object value, DocumentPath path, String kind) {
        Optional<String> held = Kinds.held(kind);
        if (held.isPresent()) {
            fill(new Place.Held(place.register()), value, path, held.get());
            return;
        }
        switch (kind) {
            case "text" -> put(place.text(), fitting(value, String.class, path));
            case "counter" ->
                place.counter().add(fitting(value, Number.class, path).longValue());
            case "movable" -> fillList(place.movableList(), fitting(value, List.class, path), path);
            case "tree" -> fillTree(place.tree(), fitting(value, List.class, path), path);
            case "time" -> place.put(Value.of(Instant.parse(fitting(value, String.class, path))));
            case "bytes" -> place.put(Value.of(Base64.getDecoder().decode(fitting(value, String.class, path))));
            default -> plain(place, value, path);
        }
    }

    private static void put(TextEditor text, String content) {
        if (!content.isEmpty()) {
            text.insert(0, content);
        }
    }

    private void plain(Place place, @Nullable Object value, DocumentPath path) {
        if (value instanceof Map<?, ?> map) {
            fillMap(place.map(), map, path);
        } else if (value instanceof List<?> list) {
            fillList(place.list(), list, path);
        } else {
            Assignment.assign(place, value);
        }
    }

    private void fillList(ListEditor editor, List<?> list, DocumentPath path) {
        for (int i = 0; i < list.size(); i++) {
            DocumentPath child = path.child(String.valueOf(i));
            fill(new Place.Element(editor, i), list.get(i), child, kind(child));
        }
    }

    /** Nodes get new names; those too deep to be nested say whose child they are. */
    private void fillTree(TreeEditor tree, List<?> roots, DocumentPath path) {
        Map<String, TreeNodeId> names = new HashMap<>();
        for (Object root : roots) {
            addNode(tree, Optional.empty(), fitting(root, Map.class, path), path, names);
        }
    }

    private void addNode(
            TreeEditor tree,
            Optional<TreeNodeId> above,
            Map<?, ?> node,
            DocumentPath path,
            Map<String, TreeNodeId> names) {
        String name = String.valueOf(node.get("id"));
        Optional<TreeNodeId> parent = Optional.ofNullable(names.get(String.valueOf(node.get("parent"))))
                .or(() -> above);
        TreeNodeId id = parent.map(tree::add).orElseGet(tree::add);
        names.put(name, id);
        fillMap(tree.data(id), fitting(node.get("data"), Map.class, path), path.child(name));
        if (node.get("children") instanceof List<?> children) {
            for (Object child : children) {
                addNode(tree, Optional.of(id), fitting(child, Map.class, path), path, names);
            }
        }
    }

    private static <T> T fitting(@Nullable Object value, Class<T> wanted, DocumentPath path) {
        if (!wanted.isInstance(value)) {
            throw Failure.usage("what is at " + path + " does not fit its kind");
        }
        return wanted.cast(value);
    }
}
