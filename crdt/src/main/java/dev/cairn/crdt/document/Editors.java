package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.edit.CounterEditor;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.TextEditor;
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
            return new OfMap(editing, (MapContainer) editing.child(map, Utf8.name(key), ContainerType.MAP));
        }

        @Override
        public ListEditor list(String key) {
            return new OfList(editing, (SequenceContainer) editing.child(map, Utf8.name(key), ContainerType.LIST));
        }

        @Override
        public TextEditor text(String key) {
            return new OfText(editing, (SequenceContainer) editing.child(map, Utf8.name(key), ContainerType.TEXT));
        }

        @Override
        public CounterEditor counter(String key) {
            return new OfCounter(editing, (CounterContainer) editing.child(map, Utf8.name(key), ContainerType.COUNTER));
        }

        @Override
        public Optional<Node> get(String key) {
            byte[] name = Utf8.name(key);
            Entry entry = map.find(name, 0, name.length);
            if (entry == null || entry.count == 0) {
                return Optional.empty();
            }
            return Optional.of(editing.view(entry.content(entry.winner(editing.document().graph))));
        }

        @Override
        public SortedSet<String> keys() {
            SortedSet<String> keys = new TreeSet<>(KeyOrder.INSTANCE);
            for (Entry entry : map.sorted()) {
                if (entry.count > 0) {
                    keys.add(Utf8.string(entry.key, 0, entry.key.length));
                }
            }
            return keys;
        }
    }

    record OfText(Editing editing, SequenceContainer text) implements TextEditor {
        @Override
        public TextEditor insert(int position, String inserted) {
            Objects.checkIndex(position, length() + 1);
            editing.insertText(text, codePoints(position), inserted);
            return this;
        }

        @Override
        public TextEditor delete(int position, int length) {
            Objects.checkFromIndexSize(position, length, length());
            int from = codePoints(position);
            editing.delete(text, from, codePoints(position + length) - from);
            return this;
        }

        private int codePoints(int position) {
            int converted = text.sequence.fromUtf16(position);
            if (converted < 0) {
                throw new IllegalArgumentException("position " + position + " is inside a surrogate pair");
            }
            return converted;
        }

        @Override
        public int length() {
            return text.sequence.utf16Length();
        }

        @Override
        public String toString() {
            return text.sequence.text().toString();
        }
    }

    record OfList(Editing editing, SequenceContainer list) implements ListEditor {
        @Override
        public ListEditor insert(int index, Value value) {
            editing.insertScalar(list, place(index), Value.of((Object) value));
            return this;
        }

        private int place(int index) {
            return Objects.checkIndex(index, size() + 1);
        }

        @Override
        public MapEditor insertMap(int index) {
            return new OfMap(editing, (MapContainer) editing.insertContainer(list, place(index), ContainerType.MAP));
        }

        @Override
        public ListEditor insertList(int index) {
            return new OfList(
                    editing, (SequenceContainer) editing.insertContainer(list, place(index), ContainerType.LIST));
        }

        @Override
        public TextEditor insertText(int index) {
            return new OfText(
                    editing, (SequenceContainer) editing.insertContainer(list, place(index), ContainerType.TEXT));
        }

        @Override
        public CounterEditor insertCounter(int index) {
            return new OfCounter(
                    editing, (CounterContainer) editing.insertContainer(list, place(index), ContainerType.COUNTER));
        }

        @Override
        public ListEditor delete(int index, int count) {
            Objects.checkFromIndexSize(index, count, size());
            editing.delete(list, index, count);
            return this;
        }

        private Container container(int index, ContainerType type) {
            int content = list.sequence.get(Objects.checkIndex(index, size()));
            Container container = content < 0 ? editing.containers().get(~content) : null;
            if (container == null || container.type != type) {
                throw new IllegalArgumentException("the element at index " + index + " is no " + type);
            }
            return container;
        }

        @Override
        public MapEditor map(int index) {
            return new OfMap(editing, (MapContainer) container(index, ContainerType.MAP));
        }

        @Override
        public ListEditor list(int index) {
            return new OfList(editing, (SequenceContainer) container(index, ContainerType.LIST));
        }

        @Override
        public TextEditor text(int index) {
            return new OfText(editing, (SequenceContainer) container(index, ContainerType.TEXT));
        }

        @Override
        public CounterEditor counter(int index) {
            return new OfCounter(editing, (CounterContainer) container(index, ContainerType.COUNTER));
        }

        @Override
        public Node get(int index) {
            return editing.view(list.sequence.get(Objects.checkIndex(index, size())));
        }

        @Override
        public int size() {
            return list.sequence.size();
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
            return counter.sum;
        }
    }
}
