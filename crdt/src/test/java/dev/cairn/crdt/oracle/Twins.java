package dev.cairn.crdt.oracle;

import dev.cairn.crdt.edit.CounterEditor;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** One user who makes every edit twice: through the engine's editors and in the oracle. */
final class Twins {
    // the last two are in one order as UTF-16 and in the other as UTF-8
    private static final List<String> KEYS = List.of("k", "ä", "\uFFFD", "\uD835\uDCB3");
    private static final List<String> STRINGS = List.of("a", "bc", "\uD83E\uDEA8", "é\uD835\uDCB3x", "hello ");
    static final List<String> DOCUMENTS = List.of("notes", "ü/\uD835\uDCB3");
    private static final List<Value> VALUES = List.of(
            Value.of(null),
            Value.of(true),
            Value.of(false),
            Value.of(0),
            Value.of(Long.MIN_VALUE),
            Value.of(1.5),
            Value.of(-0.0),
            Value.of(Double.NaN),
            Value.of(""),
            Value.of("s\uD835\uDCB3"),
            Value.of(ByteBuffer.wrap(new byte[] {0, -1})),
            Value.of(Instant.parse("1969-12-31T23:59:59.999999999Z")));
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final int DEPTH_MAX = 4;

    private final EditSession engine;
    private final OracleSession oracle;
    private final RandomGenerator random;

    Twins(EditSession engine, OracleSession oracle, RandomGenerator random) {
        this.engine = engine;
        this.oracle = oracle;
        this.random = random;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Makes one random edit somewhere. */
    void edit() {
        String document = any(DOCUMENTS);
        DocumentEditor editor = engine.on(document);
        inMap(editor.map(), new ContainerId.Root(document), 1);
    }

    private void inMap(MapEditor editor, ContainerId map, int depth) {
        String key = any(KEYS);
        if (chance(15)) {
            editor.remove(key);
            oracle.remove(map, key);
        } else if (chance(20) || depth == DEPTH_MAX) {
            Value value = any(VALUES);
            editor.put(key, value);
            oracle.put(map, key, value);
        } else {
            enter(editor, map, key, depth + 1);
        }
        Checks.sameMap(editor, oracle.oracle(), map);
    }

    private void enter(MapEditor editor, ContainerId map, String key, int depth) {
        // a key mostly holds one kind of container, so that devices meet in it
        Kind kind = chance(85) ? KINDS.get((KEYS.indexOf(key) + depth) % KINDS.size()) : any(KINDS);
        switch (kind) {
            case MAP -> inMap(editor.map(key), oracle.enter(map, key, kind), depth);
            case LIST -> inList(editor.list(key), oracle.enter(map, key, kind), depth);
            case TEXT -> inText(editor.text(key), oracle.enter(map, key, kind));
            case COUNTER -> inCounter(editor.counter(key), oracle.enter(map, key, kind));
        }
    }

    private void inList(ListEditor editor, ContainerId list, int depth) {
        List<Content> elements = oracle.oracle().elements(list);
        int size = elements.size();
        int index = size == 0 ? 0 : random.nextInt(size);
        if (size > 0 && elements.get(index) instanceof Content.Inner inner && chance(60)) {
            inElement(editor, index, inner.container(), depth + 1);
        } else if (size > 0 && chance(25)) {
            int count = Math.min(1 + random.nextInt(2), size - index);
            editor.delete(index, count);
            oracle.delete(list, index, count);
        } else if (depth < DEPTH_MAX && chance(35)) {
            insertContainer(editor, list, random.nextInt(size + 1), depth + 1);
        } else if (size > 0 && chance(30)) {
            Value value = any(VALUES);
            editor.set(index, value);
            oracle.delete(list, index, 1);
            oracle.insertValue(list, index, value);
        } else {
            insertValues(editor, list, random.nextInt(size + 1));
        }
        Checks.sameList(editor, oracle.oracle(), list);
    }

    private void insertValues(ListEditor editor, ContainerId list, int index) {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Value value = any(VALUES);
            editor.insert(index + i, value);
            oracle.insertValue(list, index + i, value);
        }
    }

    private void insertContainer(ListEditor editor, ContainerId list, int index, int depth) {
        Kind kind = any(KINDS);
        ContainerId made = oracle.insertContainer(list, index, kind);
        switch (kind) {
            case MAP -> inMap(editor.insertMap(index), made, depth);
            case LIST -> inList(editor.insertList(index), made, depth);
            case TEXT -> inText(editor.insertText(index), made);
            case COUNTER -> inCounter(editor.insertCounter(index), made);
        }
    }

    private void inElement(ListEditor editor, int index, ContainerId element, int depth) {
        switch (element.kind()) {
            case MAP -> inMap(editor.map(index), element, depth);
            case LIST -> inList(editor.list(index), element, depth);
            case TEXT -> inText(editor.text(index), element);
            case COUNTER -> inCounter(editor.counter(index), element);
        }
    }

    private void inText(TextEditor editor, ContainerId text) {
        String before = oracle.oracle().text(text);
        int length = before.codePointCount(0, before.length());
        if (length > 0 && chance(35)) {
            int index = random.nextInt(length);
            int count = 1 + random.nextInt(Math.min(4, length - index));
            int from = before.offsetByCodePoints(0, index);
            editor.delete(from, before.offsetByCodePoints(from, count) - from);
            oracle.delete(text, index, count);
        } else {
            int index = random.nextInt(length + 1);
            String inserted = any(STRINGS);
            editor.insert(before.offsetByCodePoints(0, index), inserted);
            oracle.insertText(text, index, inserted);
        }
        Checks.sameText(editor, oracle.oracle(), text);
    }

    private void inCounter(CounterEditor editor, ContainerId counter) {
        long delta = chance(10) ? Long.MAX_VALUE : random.nextInt(-3, 4);
        editor.add(delta);
        oracle.add(counter, delta);
        Checks.sameCounter(editor, oracle.oracle(), counter);
    }
}
