package dev.cairn.format.columns;

import dev.cairn.format.WriterId;
import java.nio.ByteBuffer;

/** Puts the fields of operations into their columns. */
final class OperationColumns implements FieldVisitor {
    /** In the column of tags: a deletion which ends at the expected position, as backspaces do. */
    static final int DELETE_BACK = 0x17;

    private final byte[] source;
    private final ByteBuffer longs;
    private final RunEncoder run;
    private final Names keys;
    private final ByteColumn keyBytes;
    private final LastSeqs seqs = new LastSeqs();
    private final Expectation expected = new Expectation();
    private final NumberWriter tag;
    private final NumberWriter inserted;
    private final NumberWriter deleted;
    private final NumberWriter position;
    private final NumberWriter key;
    private final NumberWriter number;
    private final NumberWriter value;
    private final NumberWriter integer;
    private final NumberWriter length;
    private final ByteColumn bytes;
    private final ByteColumn text;

    OperationColumns(byte[] source, RunEncoder run) {
        this.source = source;
        this.longs = ByteBuffer.wrap(source);
        this.run = run;
        keys = new Names(source);
        keyBytes = run.bytes(Column.KEYS);
        tag = run.numbers(Column.TAG);
        inserted = run.numbers(Column.INSERTED);
        deleted = run.numbers(Column.DELETED);
        position = run.numbers(Column.POSITION);
        key = run.numbers(Column.KEY);
        number = run.numbers(Column.NUMBER);
        value = run.numbers(Column.VALUE);
        integer = run.numbers(Column.INTEGER);
        length = run.numbers(Column.LENGTH);
        bytes = run.bytes(Column.BYTES);
        text = run.bytes(Column.TEXT);
    }

    /** The next operations are at that place. */
    void arrive(int place) {
        expected.arrive(place);
    }

    @Override
    public void tag(int kind, int whole) {
        if (kind != Field.DELETE) {
            tag.add(Field.isCounted(kind) ? kind : whole);
        }
    }

    @Override
    public void count(int kind, int count) {
        (kind == Field.DELETE ? deleted : inserted).add(count);
    }

    @Override
    public void position(int kind, int count, int found) {
        if (kind == Field.DELETE) {
            boolean back = count > 0 && found + (long) count == expected.position();
            tag.add(back ? DELETE_BACK : Field.DELETE);
            if (!back) {
                position.addZigzag(found - expected.position());
            }
        } else {
            position.addZigzag(found - expected.position());
        }
        expected.follow(kind, count, found);
    }

    @Override
    public void key(int from, int to) {
        int found = keys.find(from, to - from);
        key.add(found + 1L);
        if (found < 0) {
            keys.add(from, to - from);
            keyBytes.varint(to - from);
            keyBytes.append(source, from, to);
        }
    }

    @Override
    public void ownId(int index) {
        run.numbers(Column.ACTOR).add(0);
        run.numbers(Column.INDEX).add(index);
    }

    @Override
    public void id(int actorAt, long seq, int index) {
        change(actorAt, seq);
        run.numbers(Column.INDEX).add(index);
    }

    @Override
    public void change(int actorAt, long seq) {
        WriterId actor = new WriterId(longs.getLong(actorAt), longs.getLong(actorAt + Long.BYTES));
        int found = run.findWriter(actor);
        run.numbers(Column.ACTOR).add(found + 2L);
        if (found < 0) {
            found = run.newWriter(actor);
        }
        run.numbers(Column.SEQ).addZigzag(seqs.advance(found, seq));
    }

    @Override
    public void number(long found) {
        number.add(found);
    }

    @Override
    public void value(int found) {
        value.add(found);
    }

    @Override
    public void integer(long raw) {
        integer.add(raw);
    }

    @Override
    public void bytes(int from, int to) {
        length.add(to - from);
        bytes.append(source, from, to);
    }

    @Override
    public void fixed(int from, int to) {
        bytes.append(source, from, to);
    }

    @Override
    public void string(int from, int to) {
        length.add(to - from);
        text.append(source, from, to);
    }

    @Override
    public void text(int from, int to) {
        text.append(source, from, to);
    }
}
