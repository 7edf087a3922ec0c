package dev.cairn.format.vectors;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Columns put together from SPEC byte by byte, without the writers under test, so that any rule can be broken. */
final class RawColumns {
    static final int STEP = 0;
    static final int TIME = 1;
    static final int PARENTS = 2;
    static final int PARENT_WRITER = 3;
    static final int PARENT_SEQ = 4;
    static final int PARENT_HASH = 5;
    static final int MESSAGE = 6;
    static final int VISITS = 7;
    static final int PLACE = 8;
    static final int OPERATIONS = 9;
    static final int TAG = 10;
    static final int INSERTED = 11;
    static final int DELETED = 12;
    static final int POSITION = 13;
    static final int KEY = 14;
    static final int ACTOR = 15;
    static final int SEQ = 16;
    static final int INDEX = 17;
    static final int NUMBER = 18;
    static final int VALUE = 19;
    static final int INTEGER = 20;
    static final int LENGTH = 21;
    static final int WRITERS = 22;
    static final int PLACES = 23;
    static final int KEYS = 24;
    static final int BYTES = 25;
    static final int TEXT = 26;

    private final long count;
    private final TreeMap<Integer, Bytes> columns = new TreeMap<>();

    RawColumns(long count) {
        this.count = count;
    }

    /** Changes one step and no time apart, without parents and messages, whose other columns follow. */
    static RawColumns plain(int count) {
        return new RawColumns(count)
                .numbers(STEP, new long[count])
                .numbers(TIME, new long[count])
                .numbers(PARENTS, new long[count])
                .numbers(MESSAGE, new long[count]);
    }

    /** A column as it is; without bytes it is left out. */
    RawColumns bytes(int column, String hex) {
        columns.put(column, Bytes.hex(hex));
        return this;
    }

    RawColumns text(int column, String text) {
        columns.put(column, Bytes.utf8(text));
        return this;
    }

    /** A column of numbers, in blocks as long as can be. */
    RawColumns numbers(int column, long... numbers) {
        ByteWriter out = new ByteWriter();
        List<Long> literals = new ArrayList<>();
        for (int i = 0; i < numbers.length; ) {
            int next = i;
            while (next < numbers.length && numbers[next] == numbers[i]) {
                next++;
            }
            if (next - i >= 4) {
                literals(literals, out);
                out.varint(2L * (next - i - 4) + 1);
                varint(out, numbers[i]);
            } else {
                literals.addAll(Arrays.stream(numbers, i, next).boxed().toList());
            }
            i = next;
        }
        literals(literals, out);
        columns.put(column, out.toBytes());
        return this;
    }

    private static void literals(List<Long> literals, ByteWriter out) {
        if (!literals.isEmpty()) {
            out.varint(2L * (literals.size() - 1));
            literals.forEach(number -> varint(out, number));
            literals.clear();
        }
    }

    private static void varint(ByteWriter out, long number) {
        long rest = number;
        while (rest < 0 || rest >= 128) {
            out.u8((int) ((rest & 127) | 128));
            rest >>>= 7;
        }
        out.u8((int) rest);
    }

    Bytes encoded() {
        long present = 0;
        ByteWriter lengths = new ByteWriter();
        ByteWriter contents = new ByteWriter();
        for (int column : columns.keySet()) {
            Bytes content = columns.get(column);
            if (!content.isEmpty()) {
                present |= 1L << column;
                lengths.varint(content.size());
                contents.bytes(content);
            }
        }
        return new ByteWriter()
                .varint(count)
                .varint(present)
                .bytes(lengths.toBytes())
                .bytes(contents.toBytes())
                .toBytes();
    }
}
