package dev.cairn.crdt.edit;

import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The editor of a register: one value, or none.
 *
 * <p>{@code map}, {@code list} and so on return the container of that type in the register, and make it if it is not
 * there. Two devices which make the same one without knowing of each other get the same one.
 */
public interface RegisterEditor {
    /** Assigns a scalar; it supersedes what was there. */
    RegisterEditor set(Value value);

    /** Assigns what {@link Value#of} makes of an object. */
    default RegisterEditor set(@Nullable Object value) {
        return set(Value.of(value));
    }

    /** Takes the value away; does nothing when there is none. */
    RegisterEditor clear();

    /** Returns the map in it, made if need be. */
    MapEditor map();

    /** Returns the list in it, made if need be. */
    ListEditor list();

    /** Returns the movable list in it, made if need be. */
    MovableListEditor movableList();

    /** Returns the text in it, made if need be. */
    TextEditor text();

    /** Returns the counter in it, made if need be. */
    CounterEditor counter();

    /** Returns the register in it, made if need be. */
    RegisterEditor register();

    /** Returns the tree in it, made if need be. */
    TreeEditor tree();

    /** Returns the value now, edits of this session included. */
    Optional<Node> get();
}
