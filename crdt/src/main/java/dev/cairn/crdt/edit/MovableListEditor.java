package dev.cairn.crdt.edit;

import dev.cairn.crdt.view.Value;
import org.jspecify.annotations.Nullable;

/**
 * The editor of a movable list, whose elements keep their identity when they are moved or assigned to: of two devices
 * which move one element both agree on one place for it, and what is assigned to it meanwhile comes along.
 */
public interface MovableListEditor extends ListEditor {
    @Override
    MovableListEditor insert(int index, Value value);

    @Override
    default MovableListEditor insert(int index, @Nullable Object value) {
        return insert(index, Value.of(value));
    }

    @Override
    default MovableListEditor add(@Nullable Object value) {
        return insert(size(), Value.of(value));
    }

    @Override
    MovableListEditor delete(int index, int count);

    /** Moves an element; {@code to} is the index which it has then. */
    MovableListEditor move(int from, int to);

    /** Assigns to the element, which stays the same one: concurrent assignments are a conflict at its place. */
    @Override
    MovableListEditor set(int index, @Nullable Object value);

    /** Assigns an empty map to the element and returns its editor. */
    MapEditor setMap(int index);

    /** Assigns an empty list to the element and returns its editor. */
    ListEditor setList(int index);

    /** Assigns an empty movable list to the element and returns its editor. */
    MovableListEditor setMovableList(int index);

    /** Assigns an empty text to the element and returns its editor. */
    TextEditor setText(int index);

    /** Assigns a counter to the element and returns its editor. */
    CounterEditor setCounter(int index);

    /** Assigns an empty register to the element and returns its editor. */
    RegisterEditor setRegister(int index);

    /** Assigns an empty tree to the element and returns its editor. */
    TreeEditor setTree(int index);
}
