package dev.cairn.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

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

    /** Reads changes which lie one after another; each ends where {@code ends} says. */
    static ChangeColumns read(WriterId writer, ChainPoint before, Bytes changes, int[] ends) throws MalformedException {
        GrowingColumns columns = new GrowingColumns(writer, before, ends.length);
        byte[] buffer = changes.array();
        int start = changes.offset();
        columns.changeStart[0] = start;
        int at = 0;
        for (int end : ends) {
            Objects.checkFromToIndex(at, end, changes.size());
            columns.append(buffer, start + at, start + end);
            at = end;
        }
        return new ChangeColumns(columns, buffer);
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
