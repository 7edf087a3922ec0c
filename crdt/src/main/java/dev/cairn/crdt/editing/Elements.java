package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.edit.CounterEditor;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.RegisterEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import java.util.Objects;

/** What the editors of both kinds of lists have in common: containers as elements. */
interface Elements extends ListEditor {
    Editing editing();

    /** Inserts a container before the index. */
    Container insertContainer(int index, ContainerType type);

    /** Returns what is at the index, which is inside: the address of a scalar, or the complement of a container. */
    int content(int index);

    private Container container(int index, ContainerType type) {
        int content = content(Objects.checkIndex(index, size()));
        Container container = content < 0 ? editing().containers().get(~content) : null;
        if (container == null || container.type() != type) {
            throw new IllegalArgumentException("the element at index " + index + " is no " + type);
        }
        return container;
    }

    @Override
    default MapEditor insertMap(int index) {
        return Editors.map(editing(), insertContainer(index, ContainerType.MAP));
    }

    @Override
    default ListEditor insertList(int index) {
        return Editors.list(editing(), insertContainer(index, ContainerType.LIST));
    }

    @Override
    default MovableListEditor insertMovableList(int index) {
        return Editors.movableList(editing(), insertContainer(index, ContainerType.MOVABLE_LIST));
    }

    @Override
    default TextEditor insertText(int index) {
        return Editors.text(editing(), insertContainer(index, ContainerType.TEXT));
    }

    @Override
    default CounterEditor insertCounter(int index) {
        return Editors.counter(editing(), insertContainer(index, ContainerType.COUNTER));
    }

    @Override
    default RegisterEditor insertRegister(int index) {
        return Editors.register(editing(), insertContainer(index, ContainerType.REGISTER));
    }

    @Override
    default TreeEditor insertTree(int index) {
        return Editors.tree(editing(), insertContainer(index, ContainerType.TREE));
    }

    @Override
    default MapEditor map(int index) {
        return Editors.map(editing(), container(index, ContainerType.MAP));
    }

    @Override
    default ListEditor list(int index) {
        return Editors.list(editing(), container(index, ContainerType.LIST));
    }

    @Override
    default MovableListEditor movableList(int index) {
        return Editors.movableList(editing(), container(index, ContainerType.MOVABLE_LIST));
    }

    @Override
    default TextEditor text(int index) {
        return Editors.text(editing(), container(index, ContainerType.TEXT));
    }

    @Override
    default CounterEditor counter(int index) {
        return Editors.counter(editing(), container(index, ContainerType.COUNTER));
    }

    @Override
    default RegisterEditor register(int index) {
        return Editors.register(editing(), container(index, ContainerType.REGISTER));
    }

    @Override
    default TreeEditor tree(int index) {
        return Editors.tree(editing(), container(index, ContainerType.TREE));
    }
}
