package dev.cairn.format.columns;

import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;

/** Puts operations together from their columns: the counterpart of {@link OperationColumns}. */
final class OperationRebuilder {
    private final RunDecoder run;
    private final ChangeBuffer out;
    private final ByteSlice keyBytes;
    private final Names keys;
    private final LastSeqs seqs = new LastSeqs();
    private final Expectation expected = new Expectation();
    private final NumberReader tags;
    private final NumberReader positions;
    private final NumberReader numbers;
    private final NumberReader values;
    private final NumberReader integers;
    private final NumberReader lengths;
    private final NumberReader inserted;
    private final NumberReader deleted;
    private final NumberReader keyReferences;
    private final NumberReader actors;
    private final NumberReader actorSeqs;
    private final NumberReader indexes;
    private final ByteSlice bytes;
    private final ByteSlice text;
    private int type;
    private int keyStart;
    private int keyLength;

    OperationRebuilder(RunDecoder run, ChangeBuffer out) {
        this.run = run;
        this.out = out;
        tags = run.numbers(Column.TAG);
        positions = run.numbers(Column.POSITION);
        numbers = run.numbers(Column.NUMBER);
        values = run.numbers(Column.VALUE);
        integers = run.numbers(Column.INTEGER);
        lengths = run.numbers(Column.LENGTH);
        inserted = run.numbers(Column.INSERTED);
        deleted = run.numbers(Column.DELETED);
        keyReferences = run.numbers(Column.KEY);
        actors = run.numbers(Column.ACTOR);
        actorSeqs = run.numbers(Column.SEQ);
        indexes = run.numbers(Column.INDEX);
        keyBytes = run.bytes(Column.KEYS);
        keys = new Names(keyBytes.array());
        bytes = run.bytes(Column.BYTES);
        text = run.bytes(Column.TEXT);
    }

    /** The next operations are at that place, in a container of that type. */
    void arrive(int place, int containerType) {
        expected.arrive(place);
        type = containerType;
    }

    /** Writes the next operation. */
    void next() throws MalformedException {
        long tag = tags.next();
        int kind = (int) tag & 15;
        boolean back = tag == OperationColumns.DELETE_BACK;
        boolean counted = Field.isCounted(kind);
        if (tag < 0 || tag > 0xff || Field.isNavigation(kind) || (counted && tag > 15 && !back)) {
            throw new MalformedException("a tag " + tag + " among operations");
        }
        if (!counted) {
            out.octet((int) tag);
        }
        fields(kind, (int) tag, back);
    }

    private void fields(int kind, int tag, boolean back) throws MalformedException {
        int count = 0;
        for (Field field : Field.of(kind)) {
            switch (field) {
                case COUNT -> {
                    count = (kind == Field.DELETE ? deleted : inserted).next31();
                    count(kind, count);
                }
                case COUNTED_KEY -> {
                    key();
                    count(kind, keyLength);
                    out.append(keyBytes.array(), keyStart, keyLength);
                }
                case KEY -> {
                    key();
                    out.varint(keyLength);
                    out.append(keyBytes.array(), keyStart, keyLength);
                }
                case BASE -> {
                    if ((tag & 0x80) != 0) {
                        id();
                    }
                }
                case ID -> id();
                case CHANGE -> change(actors.next());
                case POSITION -> position(kind, count, back);
                case CONTENT -> content(count);
                case VALUE -> value();
                case ASSIGNED -> assigned(tag >>> 4);
                case NODES -> nodes(tag >>> 4);
                case POSITION_KEY -> {
                    int length = lengths.next31();
                    require(length <= 0xff);
                    out.octet(length);
                    out.copy(bytes, length);
                }
                case OCTET -> {
                    int octet = numbers.next31();
                    require(octet <= 0xff);
                    out.octet(octet);
                }
                case UNITS -> out.varint(numbers.next31());
                case NUMBER -> out.varint(numbers.next());
            }
        }
    }

    /** The tag, and the count behind it. */
    private void count(int kind, int count) throws MalformedException {
        if (count < 15) {
            out.octet(count << 4 | kind);
        } else {
            out.octet(0xf0 | kind);
            out.varint(count - 15);
        }
    }

    /** Finds out what the next key is. */
    private void key() throws MalformedException {
        long reference = keyReferences.next();
        if (reference != 0) {
            int number = keys.number(reference);
            keyStart = keys.start(number);
            keyLength = keys.length(number);
            return;
        }
        keyLength = keyBytes.varint31();
        keyStart = keyBytes.skip(keyLength);
        keys.addNew(keyStart, keyLength);
    }

    private void id() throws MalformedException {
        long reference = actors.next();
        if (reference == 0) {
            out.varint(0);
        } else {
            change(reference);
        }
        out.varint(indexes.next31());
    }

    private void change(long reference) throws MalformedException {
        require(reference != 0);
        WriterId actor = run.writer(reference - 1);
        long seq = seqs.after(run.writerNumber(), actorSeqs.nextZigzag());
        require(seq != 0);
        out.varint(seq);
        out.fixed(actor.high());
        out.fixed(actor.low());
    }

    private void position(int kind, int count, boolean back) throws MalformedException {
        long position = back ? expected.position() - count : expected.position() + positions.nextZigzag();
        require(position >= 0 && position <= Integer.MAX_VALUE);
        if (kind == Field.DELETE) {
            require(back ? count > 0 : count == 0 || position + count != expected.position());
        }
        out.varint(position);
        expected.follow(kind, count, (int) position);
    }

    private void content(int count) throws MalformedException {
        if (type == Field.TEXT) {
            out.copy(text, text.codePoints(count));
            return;
        }
        require(type == Field.LIST || type == Field.MOVABLE_LIST);
        for (int i = 0; i < count; i++) {
            value();
        }
    }

    private void assigned(int flags) throws MalformedException {
        require(flags <= 1);
        if (flags == 1) {
            id();
        } else {
            value();
        }
    }

    private void nodes(int flags) throws MalformedException {
        require(flags <= 3);
        for (int open = Integer.bitCount(flags); open < 2; open++) {
            id();
        }
    }

    private void value() throws MalformedException {
        long tag = values.next();
        require(Field.isValueTag(tag));
        out.octet((int) tag);
        switch ((int) tag) {
            case 3 -> out.varint(integers.next());
            case 4 -> out.copy(bytes, Long.BYTES);
            case 5 -> string(text);
            case 6 -> string(bytes);
            case 7 -> {
                out.varint(integers.next());
                out.varint(integers.next());
            }
            default -> {}
        }
    }

    private void string(ByteSlice from) throws MalformedException {
        int length = lengths.next31();
        out.varint(length);
        out.copy(from, length);
    }

    private static void require(boolean good) throws MalformedException {
        if (!good) {
            throw new MalformedException("columns which do not make operations");
        }
    }
}
