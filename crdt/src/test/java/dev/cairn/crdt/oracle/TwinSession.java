package dev.cairn.crdt.oracle;

import dev.cairn.crdt.edit.CounterEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.view.Value;
import org.jspecify.annotations.Nullable;

/** One change in the making whose every edit is made twice, by the engine's editors and in the oracle. */
record TwinSession(EditSession engine, OracleSession oracle) {
    /** Returns the root map of a document. */
    OfMap on(String document) {
        return new OfMap(engine.on(document).map(), oracle, new ContainerId.Root(document));
    }

    /** Returns the root map of the document in which examples happen. */
    OfMap root() {
        return on(Fleet.DOCUMENTS.get(0));
    }

    /** A map. */
    record OfMap(MapEditor engine, OracleSession oracle, ContainerId id) {
        OfMap put(String key, @Nullable Object value) {
            engine.put(key, Value.of(value));
            oracle.put(id, key, Value.of(value));
            return this;
        }

        OfMap remove(String key) {
            engine.remove(key);
            oracle.remove(id, key);
            return this;
        }

        OfMap map(String key) {
            return new OfMap(engine.map(key), oracle, oracle.enter(id, key, Kind.MAP));
        }

        OfList list(String key) {
            return new OfList(engine.list(key), oracle, oracle.enter(id, key, Kind.LIST));
        }

        OfText text(String key) {
            return new OfText(engine.text(key), oracle, oracle.enter(id, key, Kind.TEXT));
        }

        OfCounter counter(String key) {
            return new OfCounter(engine.counter(key), oracle, oracle.enter(id, key, Kind.COUNTER));
        }

        void check() {
            Checks.sameMap(engine, oracle.oracle(), id);
        }
    }

    /** A list. */
    record OfList(ListEditor engine, OracleSession oracle, ContainerId id) {
        OfList insert(int index, @Nullable Object value) {
            engine.insert(index, Value.of(value));
            oracle.insertValue(id, index, Value.of(value));
            return this;
        }

        OfList set(int index, @Nullable Object value) {
            engine.set(index, Value.of(value));
            oracle.delete(id, index, 1);
            oracle.insertValue(id, index, Value.of(value));
            return this;
        }

        OfList delete(int index, int count) {
            engine.delete(index, count);
            oracle.delete(id, index, count);
            return this;
        }

        OfMap insertMap(int index) {
            return new OfMap(engine.insertMap(index), oracle, oracle.insertContainer(id, index, Kind.MAP));
        }

        OfList insertList(int index) {
            return new OfList(engine.insertList(index), oracle, oracle.insertContainer(id, index, Kind.LIST));
        }

        OfText insertText(int index) {
            return new OfText(engine.insertText(index), oracle, oracle.insertContainer(id, index, Kind.TEXT));
        }

        OfCounter insertCounter(int index) {
            return new OfCounter(engine.insertCounter(index), oracle, oracle.insertContainer(id, index, Kind.COUNTER));
        }

        OfMap map(int index) {
            return new OfMap(engine.map(index), oracle, element(index));
        }

        OfList list(int index) {
            return new OfList(engine.list(index), oracle, element(index));
        }

        OfText text(int index) {
            return new OfText(engine.text(index), oracle, element(index));
        }

        OfCounter counter(int index) {
            return new OfCounter(engine.counter(index), oracle, element(index));
        }

        private ContainerId element(int index) {
            return ((Content.Inner) oracle.oracle().elements(id).get(index)).container();
        }

        void check() {
            Checks.sameList(engine, oracle.oracle(), id);
        }
    }

    /** A text; indexes and counts are code points. */
    record OfText(TextEditor engine, OracleSession oracle, ContainerId id) {
        String text() {
            return oracle.oracle().text(id);
        }

        OfText insert(int index, String inserted) {
            engine.insert(text().offsetByCodePoints(0, index), inserted);
            oracle.insertText(id, index, inserted);
            return this;
        }

        OfText delete(int index, int count) {
            int from = text().offsetByCodePoints(0, index);
            engine.delete(from, text().offsetByCodePoints(from, count) - from);
            oracle.delete(id, index, count);
            return this;
        }

        void check() {
            Checks.sameText(engine, oracle.oracle(), id);
        }
    }

    /** A counter. */
    record OfCounter(CounterEditor engine, OracleSession oracle, ContainerId id) {
        OfCounter add(long delta) {
            engine.add(delta);
            oracle.add(id, delta);
            return this;
        }

        void check() {
            Checks.sameCounter(engine, oracle.oracle(), id);
        }
    }
}
