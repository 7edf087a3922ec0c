package dev.cairn.crdt.oracle;

import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** A user who edits anything anywhere. */
final class RandomUser {
    // the last two are in one order as UTF-16 and in the other as UTF-8
    private static final List<String> KEYS = List.of("k", "ä", "\uFFFD", "\uD835\uDCB3");
    private static final List<String> STRINGS = List.of("a", "bc", "\uD83E\uDEA8", "é\uD835\uDCB3x", "hello ");
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
    private static final List<Kind> KINDS = List.of(Kind.MAP, Kind.LIST, Kind.TEXT, Kind.COUNTER);
    private static final int DEPTH_MAX = 4;

    private final TwinSession session;
    private final RandomGenerator random;

    RandomUser(TwinSession session, RandomGenerator random) {
        this.session = session;
        this.random = random;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Makes some edits. */
    void edit(int edits) {
        for (int i = 0; i < edits; i++) {
            in(session.on(any(Fleet.DOCUMENTS)), 1);
        }
    }

    private void in(TwinSession.OfMap map, int depth) {
        String key = any(KEYS);
        if (chance(15)) {
            map.remove(key);
        } else if (chance(20) || depth == DEPTH_MAX) {
            map.put(key, any(VALUES));
        } else {
            // a key mostly holds one kind of container, so that devices meet in it
            Kind usual = KINDS.get((KEYS.indexOf(key) + depth) % KINDS.size());
            switch (chance(85) ? usual : any(KINDS)) {
                case MAP -> in(map.map(key), depth + 1);
                case LIST -> in(map.list(key), depth + 1);
                case TEXT -> in(map.text(key));
                case COUNTER -> in(map.counter(key));
                default -> throw new IllegalStateException("no edits of that kind");
            }
        }
        map.check();
    }

    private void in(TwinSession.OfList list, int depth) {
        List<Content> elements = session.oracle().oracle().elements(list.id());
        int size = elements.size();
        int index = size == 0 ? 0 : random.nextInt(size);
        if (size > 0 && elements.get(index) instanceof Content.Inner inner && chance(60)) {
            inElement(list, index, inner.container().kind(), depth + 1);
        } else if (size > 0 && chance(25)) {
            list.delete(index, Math.min(1 + random.nextInt(2), size - index));
        } else if (depth < DEPTH_MAX && chance(35)) {
            insertContainer(list, random.nextInt(size + 1), depth + 1);
        } else if (size > 0 && chance(30)) {
            list.set(index, any(VALUES));
        } else {
            int at = random.nextInt(size + 1);
            for (int count = 1 + random.nextInt(3); count > 0; count--) {
                list.insert(at++, any(VALUES));
            }
        }
        list.check();
    }

    private void insertContainer(TwinSession.OfList list, int index, int depth) {
        switch (any(KINDS)) {
            case MAP -> in(list.insertMap(index), depth);
            case LIST -> in(list.insertList(index), depth);
            case TEXT -> in(list.insertText(index));
            case COUNTER -> in(list.insertCounter(index));
            default -> throw new IllegalStateException("no edits of that kind");
        }
    }

    private void inElement(TwinSession.OfList list, int index, Kind kind, int depth) {
        switch (kind) {
            case MAP -> in(list.map(index), depth);
            case LIST -> in(list.list(index), depth);
            case TEXT -> in(list.text(index));
            case COUNTER -> in(list.counter(index));
            default -> throw new IllegalStateException("no edits of that kind");
        }
    }

    private void in(TwinSession.OfText text) {
        String before = text.text();
        int length = before.codePointCount(0, before.length());
        if (length > 0 && chance(35)) {
            int index = random.nextInt(length);
            text.delete(index, 1 + random.nextInt(Math.min(4, length - index)));
        } else {
            text.insert(random.nextInt(length + 1), any(STRINGS));
        }
        text.check();
    }

    private void in(TwinSession.OfCounter counter) {
        counter.add(chance(10) ? Long.MAX_VALUE : random.nextInt(-3, 4));
        counter.check();
    }
}
