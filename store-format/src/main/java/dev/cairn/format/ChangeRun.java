package dev.cairn.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Consecutive changes of one writer in columns: what a segment, a tail or the local store holds once it is decoded.
 *
 * <p>Index {@code i} from 0 names the change {@code firstSeq() + i}. No object is made for a change unless asked for;
 * all operations lie in one buffer. Immutable and thread-safe.
 *
 * <p>Each change is relative to the one before it (SPEC section "Changes"), so whoever reads must know the {@link
 * ChainPoint} before the first one. The stored form is that of {@code dev.cairn.format.columns.RunCodec}.
 */
public final class ChangeRun {
    private final WriterId writer;
    private final ChainPoint before;
    private final ChangeColumns columns;

    ChangeRun(WriterId writer, ChainPoint before, ChangeColumns columns) {
        this.writer = writer;
        this.before = before;
        this.columns = columns;
    }

    /** A builder of changes of {@code writer} after {@code before}. */
    public static Builder builder(WriterId writer, ChainPoint before) {
        return new Builder(writer, before);
    }

    /**
     * The run of changes which lie one after another in {@code changes}, with the chain computed over it.
     *
     * @param ends where each change ends, ascending; at least one
     * @throws MalformedException if any byte is not as the specification says, or a limit is exceeded
     */
    public static ChangeRun read(WriterId writer, ChainPoint before, Bytes changes, int[] ends)
            throws MalformedException {
        if (ends.length == 0) {
            throw new IllegalArgumentException("a run has at least one change");
        }
        return new ChangeRun(writer, before, ChangeColumns.read(writer, before, changes, ends));
    }

    /**
     * All changes of {@code runs}, each of which must continue the one before it.
     *
     * @throws IllegalArgumentException if the list is empty, or writers or chains do not fit
     */
    public static ChangeRun concat(List<ChangeRun> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("nothing to put together");
        }
        List<ChangeColumns> parts = new ArrayList<>(runs.size());
        ChangeRun last = null;
        for (ChangeRun run : runs) {
            if (last != null && !(last.writer.equals(run.writer) && last.after().equals(run.before))) {
                throw new IllegalArgumentException(run + " does not continue " + last);
            }
            parts.add(run.columns);
            last = run;
        }
        ChangeRun first = runs.get(0);
        return new ChangeRun(first.writer, first.before, ChangeColumns.concat(parts));
    }

    /** Who made these changes. */
    public WriterId writer() {
        return writer;
    }

    /** The sequence number of the first change. */
    public long firstSeq() {
        return before.seq() + 1;
    }

    /** The sequence number of the last change. */
    public long lastSeq() {
        return before.seq() + size();
    }

    /** The number of changes, at least 1. */
    public int size() {
        return columns.size;
    }

    /** The point before the first change. */
    public ChainPoint before() {
        return before;
    }

    /** The point after the last change. */
    public ChainPoint after() {
        return pointAfter(size() - 1);
    }

    /** The point after change {@code i}. */
    public ChainPoint pointAfter(int i) {
        return new ChainPoint(firstSeq() + i, chainHash(i), lamport(i), timeMillis(i));
    }

    /** The chain hash, and so the id, of change {@code i}. */
    public Bytes chainHash(int i) {
        Objects.checkIndex(i, size());
        return Bytes.copyOf(columns.chain, i * ChainPoint.HASH_SIZE, ChainPoint.HASH_SIZE);
    }

    /** The first 8 bytes of {@link #chainHash} as a big-endian number. */
    public long hash8(int i) {
        Objects.checkIndex(i, size());
        return BigEndian.getLong(columns.chain, i * ChainPoint.HASH_SIZE);
    }

    /** A reference to change {@code i}. */
    public ChangeRef ref(int i) {
        return new ChangeRef(writer, firstSeq() + i, hash8(i));
    }

    /** The lamport number of change {@code i}. */
    public long lamport(int i) {
        return columns.lamport[Objects.checkIndex(i, size())];
    }

    /** The wall time of change {@code i} in milliseconds since 1970, for display only. */
    public long timeMillis(int i) {
        return columns.time[Objects.checkIndex(i, size())];
    }

    /** The number of parents of change {@code i} among other writers. */
    public int parentCount(int i) {
        Objects.checkIndex(i, size());
        return columns.parentStart[i + 1] - columns.parentStart[i];
    }

    /** The first half of the id of the writer of parent {@code p} of change {@code i}. */
    public long parentWriterHigh(int i, int p) {
        return columns.parents[parentAt(i, p)];
    }

    /** The second half of the id of the writer of parent {@code p} of change {@code i}. */
    public long parentWriterLow(int i, int p) {
        return columns.parents[parentAt(i, p) + 1];
    }

    /** The sequence number of parent {@code p} of change {@code i}. */
    public long parentSeq(int i, int p) {
        return columns.parents[parentAt(i, p) + 2];
    }

    /** The first 8 bytes of the chain hash of parent {@code p} of change {@code i}, as the author knew it. */
    public long parentHash8(int i, int p) {
        return columns.parents[parentAt(i, p) + 3];
    }

    /** The parents of change {@code i} among other writers, ascending. */
    public List<ChangeRef> parents(int i) {
        int count = parentCount(i);
        if (count == 0) {
            return List.of();
        }
        List<ChangeRef> parents = new ArrayList<>(count);
        for (int p = 0; p < count; p++) {
            WriterId parent = new WriterId(parentWriterHigh(i, p), parentWriterLow(i, p));
            parents.add(new ChangeRef(parent, parentSeq(i, p), parentHash8(i, p)));
        }
        return List.copyOf(parents);
    }

    /** The message of change {@code i}. */
    public Optional<String> message(int i) {
        Objects.checkIndex(i, size());
        int length = columns.messageLength[i];
        if (length == 0) {
            return Optional.empty();
        }
        int end = columns.operationsStart[i];
        return Optional.of(columns.text(end - length, end));
    }

    /** The number of bytes of the message of change {@code i}, 0 for none; they stand right before its operations. */
    public int messageBytes(int i) {
        return columns.messageLength[Objects.checkIndex(i, size())];
    }

    /** A read-only view of the bytes which hold the operations of all changes; indexes are absolute. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(columns.buffer).asReadOnlyBuffer();
    }

    /** Where in {@link #buffer()} the operations of change {@code i} start. */
    public int operationsStart(int i) {
        return columns.operationsStart[Objects.checkIndex(i, size())];
    }

    /** Where in {@link #buffer()} the operations of change {@code i} end, exclusive. */
    public int operationsEnd(int i) {
        Objects.checkIndex(i, size());
        return columns.changeStart[i + 1];
    }

    /** The operations of change {@code i}. */
    public Bytes operations(int i) {
        int start = operationsStart(i);
        return Bytes.shared(columns.buffer, start, operationsEnd(i) - start);
    }

    /** Change {@code i} as a value. */
    public Change change(int i) {
        return new Change(lamport(i), timeMillis(i), parents(i), message(i), operations(i));
    }

    /** The changes {@code [from, to)} of this run, at least one. */
    public ChangeRun slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        if (from == to) {
            throw new IllegalArgumentException("a run has at least one change");
        }
        return from == 0 && to == size()
                ? this
                : new ChangeRun(writer, from == 0 ? before : pointAfter(from - 1), columns.slice(from, to));
    }

    /** The number of bytes of the changes themselves. */
    public int changeBytes() {
        return columns.changeStart[size()] - columns.changeStart[0];
    }

    /** The bytes of all changes, one after another, over which the chain goes. */
    public Bytes changes() {
        return Bytes.shared(columns.buffer, columns.changeStart[0], changeBytes());
    }

    /** The number of bytes of change {@code i}. */
    public int changeBytes(int i) {
        Objects.checkIndex(i, size());
        return columns.changeStart[i + 1] - columns.changeStart[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChangeRun that
                && writer.equals(that.writer)
                && before.equals(that.before)
                && size() == that.size()
                && chainHash(size() - 1).equals(that.chainHash(size() - 1));
    }

    @Override
    public int hashCode() {
        return Objects.hash(writer, before.seq(), size(), hash8(size() - 1));
    }

    @Override
    public String toString() {
        return "ChangeRun[" + writer + ":" + firstSeq() + ".." + lastSeq() + "]";
    }

    private int parentAt(int i, int p) {
        return (columns.parentStart[i] + Objects.checkIndex(p, parentCount(i))) * ChangeColumns.PARENT_WIDTH;
    }

    /** Collects changes one by one; each must fit the one before it. Not thread-safe. */
    public static final class Builder {
        private final WriterId writer;
        private final ChainPoint before;
        private final GrowingColumns columns;

        private Builder(WriterId writer, ChainPoint before) {
            this.writer = writer;
            this.before = before;
            this.columns = new GrowingColumns(writer, before);
        }

        /**
         * Appends {@code change}, and returns its sequence number.
         *
         * @throws IllegalArgumentException if it does not fit the change before it or exceeds a limit; nothing is
         * appended
         */
        public long add(Change change) {
            columns.add(change);
            return before.seq() + columns.size();
        }

        /** The number of changes so far. */
        public int size() {
            return columns.size();
        }

        /** The number of bytes of the changes so far. */
        public int changeBytes() {
            return columns.changeBytes();
        }

        /** The point after the last change so far. */
        public ChainPoint after() {
            return columns.size() == 0 ? before : columns.lastPoint();
        }

        /** The changes so far, at least one. */
        public ChangeRun build() {
            if (columns.size() == 0) {
                throw new IllegalStateException("a run has at least one change");
            }
            return new ChangeRun(writer, before, columns.build());
        }
    }
}
