package dev.cairn.crdt.edit;

import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import org.jspecify.annotations.Nullable;

/** The editor of a list. */
public interface ListEditor {
    /** Inserts a scalar before the index. */
    ListEditor insert(int index, Value value);

    /** Inserts what {@link Value#of} makes of an object. */
    default ListEditor insert(int index, @Nullable Object value) {
        return insert(index, Value.of(value));
    }

    /** Inserts a scalar at the end. */
    default ListEditor add(@Nullable Object value) {
        return insert(size(), Value.of(value));
    }

    /** Inserts an empty map before the index and returns its editor. */
    MapEditor insertMap(int index);

    /** Inserts an empty list before the index and returns its editor. */
    ListEditor insertList(int index);

    /** Inserts an empty movable list before the index and returns its editor. */
    MovableListEditor insertMovableList(int index);

    /** Inserts an empty text before the index and returns its editor. */
    TextEditor insertText(int index);

    /** Inserts a counter before the index and returns its editor. */
    CounterEditor insertCounter(int index);

    /** Inserts a register without a value before the index and returns its editor. */
    RegisterEditor insertRegister(int index);

    /** Inserts an empty tree before the index and returns its editor. */
    TreeEditor insertTree(int index);

    /** Deletes {@code count} elements from the index on. */
    ListEditor delete(int index, int count);

    /** Replaces the element: deletes it and inserts the value in its place. */
    default ListEditor set(int index, @Nullable Object value) {
        Value checked = Value.of(value);
        return delete(index, 1).insert(index, checked);
    }

    /** Returns the editor of the map at the index. */
    MapEditor map(int index);

    /** Returns the editor of the list at the index. */
    ListEditor list(int index);

    /** Returns the editor of the movable list at the index. */
    MovableListEditor movableList(int index);

    /** Returns the editor of the text at the index. */
    TextEditor text(int index);

    /** Returns the editor of the counter at the index. */
    CounterEditor counter(int index);

    /** Returns the editor of the register at the index. */
    RegisterEditor register(int index);

    /** Returns the editor of the tree at the index. */
    TreeEditor tree(int index);

    /** Returns the element at the index, edits of this session included. */
    Node get(int index);

    /** Returns the number of elements. */
    int size();
}
