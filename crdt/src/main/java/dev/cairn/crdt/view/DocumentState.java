package dev.cairn.crdt.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A document at one version: immutable, and safe to read from any thread. */
public interface DocumentState {
    /** Returns the document's name. */
    String name();

    /** Returns the root map. */
    MapView root();

    /** Returns everything on which concurrent edits disagreed, in the order of the paths. */
    List<Conflict> conflicts();

    /**
     * Returns what is at the end of a path of {@link String} keys, {@link Integer} indexes and {@link TreeNodeId}
     * nodes. A register on the way takes no step: the next one leads into what it holds.
     */
    default Optional<Node> at(Object... segments) {
        Optional<Node> node = Optional.of(root());
        for (Object segment : segments) {
            Step step = Step.of(segment);
            node = node.flatMap(parent -> child(parent, step));
        }
        return node;
    }

    private static Optional<Node> child(Node parent, Step step) {
        if (parent instanceof RegisterView register) {
            return register.value().flatMap(value -> child(value, step));
        }
        if (parent instanceof MapView map && step instanceof Step.Key key) {
            return map.get(key.key());
        }
        if (parent instanceof ListView list
                && step instanceof Step.Index index
                && index.index() >= 0
                && index.index() < list.size()) {
            return Optional.of(list.get(index.index()));
        }
        if (parent instanceof TreeView tree && step instanceof Step.TreeNode node && tree.contains(node.id())) {
            return Optional.of(tree.data(node.id()));
        }
        return Optional.empty();
    }

    /**
     * Returns the document as plain Java values: LinkedHashMap in the order of the keys' UTF-8 bytes, List, String (of
     * scalars and texts), Long (of integers and counters), Double, Boolean, null, {@link Value.Blob}, Instant. A
     * register is what it holds, or null; a tree is a List of Maps, each with the node's {@code id} as text, its
     * {@code data} and its {@code children}.
     */
    default Map<String, @Nullable Object> toPlain() {
        return Plain.map(root());
    }
}
