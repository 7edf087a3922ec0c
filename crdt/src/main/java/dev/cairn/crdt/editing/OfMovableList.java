package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.edit.CounterEditor;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.RegisterEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The editor of a movable list. */
public record OfMovableList(Editing editing, MovableListContainer list) implements MovableListEditor, Elements {
    @Override
    public MovableListEditor insert(int index, Value value) {
        Value scalar = Value.of((Object) value);
        insertAt(list.local().position(Objects.checkIndex(index, size() + 1)), scalar);
        return this;
    }

    @Override
    public Container insertContainer(int index, ContainerType type) {
        return insertContainerAt(list.local().position(Objects.checkIndex(index, size() + 1)), type);
    }

    @Override
    public MovableListEditor delete(int index, int count) {
        Objects.checkFromIndexSize(index, count, size());
        editing.requireOpen();
        for (int left = count; left > 0; ) {
            int position = list.local().position(index);
            int some = list.local().adjacent(position, left);
            deleteAt(position, some);
            left -= some;
        }
        return this;
    }

    @Override
    public MovableListEditor move(int from, int to) {
        Objects.checkIndex(from, size());
        Objects.checkIndex(to, size());
        editing.requireOpen();
        if (from != to) {
            int fromPosition = list.local().position(from);
            int toPosition = list.local().positionWithout(fromPosition, to);
            moveAt(fromPosition, toPosition);
        }
        return this;
    }

    @Override
    public MovableListEditor set(int index, @Nullable Object value) {
        Value scalar = Value.of(value);
        setAt(list.local().position(Objects.checkIndex(index, size())), scalar);
        return this;
    }

    private Container setContainer(int index, ContainerType type) {
        return setContainerAt(list.local().position(Objects.checkIndex(index, size())), type);
    }

    // ---- by positions, which count slots that show nothing as well

    /** Makes ready for edits by position. */
    public void prepare() {
        list.local().position(0);
    }

    /** Inserts an element like a node at a position. */
    public void insertAt(int position, Node like) {
        if (like instanceof Value scalar) {
            editing.go(list);
            editing.writer().insertOn(position, 1);
            list.local().insert(position, editing.store(scalar));
        } else {
            Copying.fill(editing, insertContainerAt(position, Copying.typeOf(like)), like);
        }
    }

    private Container insertContainerAt(int position, ContainerType type) {
        Editing.requireRoom(list);
        editing.go(list);
        editing.writer().insertOn(position, 1);
        editing.writer().sink().octet(Layout.CONTAINER_TAG + type.number());
        return list.local().insert(position, type);
    }

    /** Moves the element in the slot at a position; {@code to} is counted without it. */
    public void moveAt(int from, int to) {
        editing.go(list);
        editing.writer().move(from, to);
        list.local().move(from, to);
    }

    /** Deletes the elements in adjacent slots. */
    public void deleteAt(int position, int count) {
        editing.go(list);
        editing.writer().delete(position, count);
        list.local().delete(position, count);
    }

    /** Assigns something like a node to the element in the slot at a position. */
    public void setAt(int position, Node like) {
        if (like instanceof Value scalar) {
            editing.go(list);
            editing.writer().set(position);
            list.assign(
                    list.elementIn(position),
                    editing.store(scalar),
                    editing.document().localLv());
        } else {
            Copying.fill(editing, setContainerAt(position, Copying.typeOf(like)), like);
        }
    }

    private Container setContainerAt(int position, ContainerType type) {
        Editing.requireRoom(list);
        editing.go(list);
        editing.writer().set(position);
        editing.writer().sink().octet(Layout.CONTAINER_TAG + type.number());
        return list.assign(list.elementIn(position), type, editing.document().localLv());
    }

    /** Assigns a container again which the element had before. */
    void setAgain(int index, Container container) {
        setAgainAt(list.local().position(index), container);
    }

    /** Assigns a container again which the element in the slot at a position had before. */
    public void setAgainAt(int position, Container container) {
        editing.go(list);
        editing.writer().setAgain(position);
        editing.id(container.madeLv(), container.madeIndex());
        list.assignAgain(list.elementIn(position), container, editing.document().localLv());
    }

    @Override
    public MapEditor setMap(int index) {
        return Editors.map(editing, setContainer(index, ContainerType.MAP));
    }

    @Override
    public ListEditor setList(int index) {
        return Editors.list(editing, setContainer(index, ContainerType.LIST));
    }

    @Override
    public MovableListEditor setMovableList(int index) {
        return Editors.movableList(editing, setContainer(index, ContainerType.MOVABLE_LIST));
    }

    @Override
    public TextEditor setText(int index) {
        return Editors.text(editing, setContainer(index, ContainerType.TEXT));
    }

    @Override
    public CounterEditor setCounter(int index) {
        return Editors.counter(editing, setContainer(index, ContainerType.COUNTER));
    }

    @Override
    public RegisterEditor setRegister(int index) {
        return Editors.register(editing, setContainer(index, ContainerType.REGISTER));
    }

    @Override
    public TreeEditor setTree(int index) {
        return Editors.tree(editing, setContainer(index, ContainerType.TREE));
    }

    @Override
    public int content(int index) {
        return list.shown(list.elementAt(index));
    }

    @Override
    public Node get(int index) {
        return editing.view(content(Objects.checkIndex(index, size())));
    }

    @Override
    public int size() {
        return list.size();
    }
}
