package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.edit.CounterEditor;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.RegisterEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import java.util.Optional;

/** The editor of a register, which is a map whose only key is empty. */
record OfRegister(Editing editing, MapContainer holder) implements RegisterEditor {
    @Override
    public RegisterEditor set(Value value) {
        editing.put(holder, MapContainer.NO_KEY, Value.of((Object) value));
        return this;
    }

    @Override
    public RegisterEditor clear() {
        editing.remove(holder, MapContainer.NO_KEY);
        return this;
    }

    @Override
    public MapEditor map() {
        return Editors.map(editing, child(ContainerType.MAP));
    }

    private Container child(ContainerType type) {
        return editing.child(holder, holder.findOrAdd(MapContainer.NO_KEY, 0, 0), type);
    }

    @Override
    public ListEditor list() {
        return Editors.list(editing, child(ContainerType.LIST));
    }

    @Override
    public MovableListEditor movableList() {
        return Editors.movableList(editing, child(ContainerType.MOVABLE_LIST));
    }

    @Override
    public TextEditor text() {
        return Editors.text(editing, child(ContainerType.TEXT));
    }

    @Override
    public CounterEditor counter() {
        return Editors.counter(editing, child(ContainerType.COUNTER));
    }

    @Override
    public RegisterEditor register() {
        return Editors.register(editing, child(ContainerType.REGISTER));
    }

    @Override
    public TreeEditor tree() {
        return Editors.tree(editing, child(ContainerType.TREE));
    }

    @Override
    public Optional<Node> get() {
        return editing.shown(holder, MapContainer.NO_KEY);
    }
}
