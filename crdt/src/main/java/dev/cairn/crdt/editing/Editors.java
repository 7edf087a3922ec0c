package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.edit.CounterEditor;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.RegisterEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The editors of containers: they check their arguments, and leave the rest to {@link Editing}. */
final class Editors {
    private Editors() {}

    static MapEditor map(Editing editing, Container map) {
        return new OfMap(editing, (MapContainer) map);
    }

    static ListEditor list(Editing editing, Container list) {
        return new OfList(editing, (SequenceContainer) list);
    }

    static MovableListEditor movableList(Editing editing, Container list) {
        return new OfMovableList(editing, (MovableListContainer) list);
    }

    static TextEditor text(Editing editing, Container text) {
        return new OfText(editing, (SequenceContainer) text);
    }

    static CounterEditor counter(Editing editing, Container counter) {
        return new OfCounter(editing, (CounterContainer) counter);
    }

    static RegisterEditor register(Editing editing, Container register) {
        return new OfRegister(editing, (MapContainer) register);
    }

    static TreeEditor tree(Editing editing, Container tree) {
        return new OfTree(editing, (TreeContainer) tree);
    }

    record OfMap(Editing editing, MapContainer map) implements MapEditor {
        @Override
        public MapEditor put(String key, Value value) {
            editing.put(map, Utf8.name(key), Value.of((Object) value));
            return this;
        }

        @Override
        public MapEditor remove(String key) {
            editing.remove(map, Utf8.name(key));
            return this;
        }

        @Override
        public MapEditor map(String key) {
            return Editors.map(editing, child(key, ContainerType.MAP));
        }

        private Container child(String key, ContainerType type) {
            return editing.child(map, map.findOrAdd(key), type);
        }

        @Override
        public ListEditor list(String key) {
            return Editors.list(editing, child(key, ContainerType.LIST));
        }

        @Override
        public MovableListEditor movableList(String key) {
            return Editors.movableList(editing, child(key, ContainerType.MOVABLE_LIST));
        }

        @Override
        public TextEditor text(String key) {
            return Editors.text(editing, child(key, ContainerType.TEXT));
        }

        @Override
        public CounterEditor counter(String key) {
            return Editors.counter(editing, child(key, ContainerType.COUNTER));
        }

        @Override
        public RegisterEditor register(String key) {
            return Editors.register(editing, child(key, ContainerType.REGISTER));
        }

        @Override
        public TreeEditor tree(String key) {
            return Editors.tree(editing, child(key, ContainerType.TREE));
        }

        @Override
        public Optional<Node> get(String key) {
            return editing.shown(map, Utf8.name(key));
        }

        @Override
        public SortedSet<String> keys() {
            SortedSet<String> keys = new TreeSet<>(KeyOrder.INSTANCE);
            for (Entry entry : map.sorted()) {
                if (entry.count() > 0) {
                    keys.add(Utf8.string(entry.key(), 0, entry.key().length));
                }
            }
            return keys;
        }
    }

    record OfList(Editing editing, SequenceContainer list) implements Elements {
        @Override
        public ListEditor insert(int index, Value value) {
            editing.insertScalar(list, place(index), Value.of((Object) value));
            return this;
        }

        private int place(int index) {
            return Objects.checkIndex(index, size() + 1);
        }

        @Override
        public Container insertContainer(int index, ContainerType type) {
            return editing.insertContainer(list, place(index), type);
        }

        @Override
        public ListEditor delete(int index, int count) {
            Objects.checkFromIndexSize(index, count, size());
            editing.delete(list, index, count);
            return this;
        }

        @Override
        public int content(int index) {
            return list.sequence().get(index);
        }

        @Override
        public Node get(int index) {
            return editing.view(list.sequence().get(Objects.checkIndex(index, size())));
        }

        @Override
        public int size() {
            return list.sequence().size();
        }
    }

    record OfCounter(Editing editing, CounterContainer counter) implements CounterEditor {
        @Override
        public CounterEditor add(long delta) {
            editing.add(counter, delta);
            return this;
        }

        @Override
        public long value() {
            return counter.sum();
        }
    }
}
