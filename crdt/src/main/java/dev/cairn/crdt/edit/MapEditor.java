package dev.cairn.crdt.edit;

import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The editor of a map.
 *
 * <p>{@code map}, {@code list}, {@code text} and so on return the container of that type under the key, and make it if
 * it is not there. Two devices which make the same one without knowing of each other get the same one. A
 * key is 1 to 1,024 bytes of UTF-8.
 */
public interface MapEditor {
    /** Assigns a scalar; it supersedes what was there. */
    MapEditor put(String key, Value value);

    /** Assigns what {@link Value#of} makes of an object. */
    default MapEditor put(String key, @Nullable Object value) {
        return put(key, Value.of(value));
    }

    /** Removes what is under the key; does nothing when nothing is. */
    MapEditor remove(String key);

    /** Returns the map under the key, made if need be. */
    MapEditor map(String key);

    /** Returns the list under the key, made if need be. */
    ListEditor list(String key);

    /** Returns the movable list under the key, made if need be. */
    MovableListEditor movableList(String key);

    /** Returns the text under the key, made if need be. */
    TextEditor text(String key);

    /** Returns the counter under the key, made if need be. */
    CounterEditor counter(String key);

    /** Returns the register under the key, made if need be. */
    RegisterEditor register(String key);

    /** Returns the tree under the key, made if need be. */
    TreeEditor tree(String key);

    /** Returns what is under the key now, edits of this session included. */
    Optional<Node> get(String key);

    /** Returns the keys in the order of their UTF-8 bytes. */
    SortedSet<String> keys();
}
