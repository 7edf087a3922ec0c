package dev.cairn.crdt;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Copies of changes, which may be those of several actors, in columns. */
final class ChangeColumns {
    private final long[] lamports;
    private final long[] times;
    private final List<ChangeId>[] parents;
    private final int[] ends;
    private byte[] operations;
    private int size;

    /** Returns columns for so many changes. Their operations take about so many bytes. */
    ChangeColumns(int capacity, int bytes) {
        lamports = new long[capacity];
        times = new long[capacity];
        parents = newArray(capacity);
        ends = new int[capacity + 1];
        operations = new byte[bytes];
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static List<ChangeId>[] newArray(int size) {
        return new List[size];
    }

    /** Copies the changes of a run from that index on. */
    static ChangeRun copy(ChangeRun run, int from) {
        int bytes = 0;
        for (int i = from; i < run.size(); i++) {
            bytes = Math.addExact(bytes, run.operationsEnd(i) - run.operationsStart(i));
        }
        ChangeColumns copy = new ChangeColumns(run.size() - from, bytes);
        for (int i = from; i < run.size(); i++) {
            copy.add(run, i);
        }
        return copy.run(
                run.actor(),
                run.firstSeq() + from,
                IntStream.range(0, copy.size).toArray(),
                0,
                copy.size);
    }

    /** Appends a change of a run. */
    void add(ChangeRun run, int i) {
        lamports[size] = run.lamport(i);
        times[size] = run.timeMillis(i);
        parents[size] = List.copyOf(run.parents(i));
        int start = run.operationsStart(i);
        int length = run.operationsEnd(i) - start;
        int to = room(length);
        run.buffer().get(start, operations, to, length);
        size++;
    }

    /** Returns the same changes in the order of these indexes. */
    ChangeColumns inOrder(int[] order) {
        ChangeColumns ordered = new ChangeColumns(size, bytes());
        for (int i : order) {
            ordered.lamports[ordered.size] = lamports[i];
            ordered.times[ordered.size] = times[i];
            ordered.parents[ordered.size] = parents[i];
            int length = ends[i + 1] - ends[i];
            System.arraycopy(operations, ends[i], ordered.operations, ordered.room(length), length);
            ordered.size++;
        }
        return ordered;
    }

    /** Makes room for the operations of the next change; returns where. */
    private int room(int length) {
        int start = ends[size];
        int end = Math.addExact(start, length);
        if (end > operations.length) {
            operations = Arrays.copyOf(operations, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end, 2L * start)));
        }
        ends[size + 1] = end;
        return start;
    }

    /** Returns how many changes there are. */
    int size() {
        return size;
    }

    /** Returns how many bytes all operations take. */
    int bytes() {
        return ends[size];
    }

    /**
     * Returns consecutive changes of one actor as a run, once nothing more is appended.
     *
     * @param order the indexes of changes, of which those from one place to another, exclusive, are meant
     */
    ChangeRun run(ActorId actor, long firstSeq, int[] order, int from, int to) {
        return new Stretch(this, actor, firstSeq, order, from, to - from);
    }

    /** Consecutive changes of one actor. */
    private static final class Stretch implements ChangeRun {
        private final ChangeColumns columns;
        private final ByteBuffer buffer;
        private final ActorId actor;
        private final long firstSeq;
        private final int[] order;
        private final int from;
        private final int size;

        private Stretch(ChangeColumns columns, ActorId actor, long firstSeq, int[] order, int from, int size) {
            this.columns = columns;
            this.buffer = ByteBuffer.wrap(columns.operations);
            this.actor = actor;
            this.firstSeq = firstSeq;
            this.order = order;
            this.from = from;
            this.size = size;
        }

        @Override
        public ActorId actor() {
            return actor;
        }

        @Override
        public long firstSeq() {
            return firstSeq;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public long lamport(int i) {
            return columns.lamports[order[from + i]];
        }

        @Override
        public long timeMillis(int i) {
            return columns.times[order[from + i]];
        }

        @Override
        public List<ChangeId> parents(int i) {
            return columns.parents[order[from + i]];
        }

        @Override
        public ByteBuffer buffer() {
            return buffer;
        }

        @Override
        public int operationsStart(int i) {
            return columns.ends[order[from + i]];
        }

        @Override
        public int operationsEnd(int i) {
            return columns.ends[order[from + i] + 1];
        }
    }
}
