package dev.cairn.crdt;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies of changes, which may be those of several actors, in columns. Nothing in them leads to the objects of a run
 * but the actors, each of which is one object here: others would lie all over the memory.
 */
final class ChangeColumns {
    // of each change: its Lamport number, its time, and the number of its parent
    private static final int LAMPORT = 0;
    private static final int TIME = 1;
    private static final int PARENT = 2;
    private static final int NUMBERS = 3;

    private final long[] numbers;

    /** Whose the parent is, of changes which have one. */
    private final @Nullable ActorId[] parentActors;

    /** The parents of changes which have several, by index; the others have none or one. */
    private final Map<Integer, List<ChangeId>> several = new HashMap<>();

    private final int[] ends;
    private final Map<ActorId, ActorId> actors;
    private byte[] operations;
    private int size;

    /** Returns columns for so many changes. Their operations take about so many bytes. */
    ChangeColumns(int capacity, int bytes) {
        this(capacity, bytes, new HashMap<>());
    }

    private ChangeColumns(int capacity, int bytes, Map<ActorId, ActorId> actors) {
        this.numbers = new long[NUMBERS * capacity];
        this.parentActors = new @Nullable ActorId[capacity];
        this.ends = new int[capacity + 1];
        this.operations = new byte[bytes];
        this.actors = actors;
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
        numbers[NUMBERS * size + LAMPORT] = run.lamport(i);
        numbers[NUMBERS * size + TIME] = run.timeMillis(i);
        addParents(run.parents(i));
        int start = run.operationsStart(i);
        int length = run.operationsEnd(i) - start;
        int to = room(length);
        run.buffer().get(start, operations, to, length);
        size++;
    }

    private void addParents(List<ChangeId> parents) {
        if (parents.size() == 1) {
            ChangeId parent = parents.get(0);
            ActorId known = actors.putIfAbsent(parent.actor(), parent.actor());
            parentActors[size] = known == null ? parent.actor() : known;
            numbers[NUMBERS * size + PARENT] = parent.seq();
        } else if (!parents.isEmpty()) {
            several.put(size, List.copyOf(parents));
        }
    }

    private List<ChangeId> parents(int i) {
        ActorId actor = parentActors[i];
        return actor == null
                ? several.getOrDefault(i, List.of())
                : List.of(new ChangeId(actor, numbers[NUMBERS * i + PARENT]));
    }

    /** Returns the same changes in the order of these indexes. */
    ChangeColumns inOrder(int[] order) {
        ChangeColumns ordered = new ChangeColumns(size, bytes(), actors);
        for (int i : order) {
            ordered.addFrom(this, i);
        }
        return ordered;
    }

    private void addFrom(ChangeColumns from, int i) {
        System.arraycopy(from.numbers, NUMBERS * i, numbers, NUMBERS * size, NUMBERS);
        parentActors[size] = from.parentActors[i];
        List<ChangeId> parents = from.several.isEmpty() ? null : from.several.get(i);
        if (parents != null) {
            several.put(size, parents);
        }
        int start = from.ends[i];
        int length = from.ends[i + 1] - start;
        System.arraycopy(from.operations, start, operations, room(length), length);
        size++;
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
            return columns.numbers[NUMBERS * order[from + i] + LAMPORT];
        }

        @Override
        public long timeMillis(int i) {
            return columns.numbers[NUMBERS * order[from + i] + TIME];
        }

        @Override
        public List<ChangeId> parents(int i) {
            return columns.parents(order[from + i]);
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
