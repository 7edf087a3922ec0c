package dev.cairn.format;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The arrays behind a {@link ChangeRun}.
 *
 * <pre>
 * buffer         ... | change 0 | change 1 | ... the bytes of all changes, one directly after another
 * changeStart    size + 1 offsets into the buffer
 * operationsStart, messageLength    the operations of change i end where it ends; its message ends where they start
 * chain          32 bytes for each change
 * parentStart    size + 1 numbers of parents; parents has 4 longs for each: writer high, low, seq, hash8
 * </pre>
 */
final class ChangeColumns {
    static final int PARENT_WIDTH = 4;

    final int size;
    final byte[] buffer;
    final int[] changeStart;
    final int[] operationsStart;
    final int[] messageLength;
    final long[] lamport;
    final long[] time;
    final byte[] chain;
    final int[] parentStart;
    final long[] parents;

    ChangeColumns(GrowingColumns from, byte[] buffer) {
        this.size = from.size;
        this.buffer = buffer;
        this.changeStart = from.changeStart;
        this.operationsStart = from.operationsStart;
        this.messageLength = from.messageLength;
        this.lamport = from.lamport;
        this.time = from.time;
        this.chain = from.chain;
        this.parentStart = from.parentStart;
        this.parents = from.parents;
    }

    static ChangeColumns decode(WriterId writer, ChainPoint before, Bytes encoded) throws MalformedException {
        ByteReader reader = new ByteReader(encoded);
        int count = reader.varint(Limits.CHANGES_MAX);
        if (count == 0 || count > reader.remaining()) {
            throw new MalformedException(count + " changes in " + reader.remaining() + " bytes");
        }
        GrowingColumns columns = new GrowingColumns(writer, before, count);
        int[] lengths = new int[count];
        long total = 0;
        for (int i = 0; i < count; i++) {
            lengths[i] = reader.varint(Limits.CHANGE_BYTES_MAX);
            total += lengths[i];
        }
        if (total != reader.remaining()) {
            throw new MalformedException(
                    "changes of " + total + " bytes together, but there are " + reader.remaining());
        }
        byte[] buffer = encoded.array();
        int at = encoded.offset() + reader.position();
        columns.changeStart[0] = at;
        for (int length : lengths) {
            columns.append(buffer, at, at + length);
            at += length;
        }
        return new ChangeColumns(columns, buffer);
    }

    Bytes encode() {
        int bytes = changeStart[size] - changeStart[0];
        ByteWriter out = new ByteWriter(bytes + 2 * size + 8);
        out.varint(size);
        for (int i = 0; i < size; i++) {
            out.varint(changeStart[i + 1] - changeStart[i]);
        }
        return out.raw(buffer, changeStart[0], bytes).toBytes();
    }

    ChangeColumns slice(int from, int to) {
        GrowingColumns part = new GrowingColumns(to - from);
        part.copy(this, from, to, 0);
        return new ChangeColumns(part, buffer);
    }

    static ChangeColumns concat(List<ChangeColumns> all) {
        int size = 0;
        int bytes = 0;
        for (ChangeColumns columns : all) {
            size = Math.addExact(size, columns.size);
            bytes = Math.addExact(bytes, columns.changeStart[columns.size] - columns.changeStart[0]);
        }
        GrowingColumns together = new GrowingColumns(size);
        byte[] buffer = new byte[bytes];
        int at = 0;
        for (ChangeColumns columns : all) {
            int start = columns.changeStart[0];
            int length = columns.changeStart[columns.size] - start;
            System.arraycopy(columns.buffer, start, buffer, at, length);
            together.copy(columns, 0, columns.size, at - start);
            at += length;
        }
        return new ChangeColumns(together, buffer);
    }

    String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }
}
