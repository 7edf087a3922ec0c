package dev.cairn.crdt;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.List;

/** A copy of some changes of a run, kept until they are causally ready. */
final class HeldRun implements ChangeRun {
    private final ActorId actor;
    private final long firstSeq;
    private final long[] lamports;
    private final long[] times;
    private final List<ChangeId>[] parents;
    private final ByteBuffer buffer;
    private final int[] starts;

    /** Copies the changes of a run from that index on. */
    HeldRun(ChangeRun run, int from) {
        int size = run.size() - from;
        actor = run.actor();
        firstSeq = run.firstSeq() + from;
        lamports = new long[size];
        times = new long[size];
        parents = newArray(size);
        starts = new int[size + 1];
        int length = 0;
        for (int i = 0; i < size; i++) {
            lamports[i] = run.lamport(from + i);
            times[i] = run.timeMillis(from + i);
            parents[i] = List.copyOf(run.parents(from + i));
            length = Math.addExact(length, run.operationsEnd(from + i) - run.operationsStart(from + i));
            starts[i + 1] = length;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < size; i++) {
            run.buffer().get(run.operationsStart(from + i), bytes, starts[i], starts[i + 1] - starts[i]);
        }
        buffer = ByteBuffer.wrap(bytes);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static List<ChangeId>[] newArray(int size) {
        return new List[size];
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
        return lamports.length;
    }

    @Override
    public long lamport(int i) {
        return lamports[i];
    }

    @Override
    public long timeMillis(int i) {
        return times[i];
    }

    @Override
    public List<ChangeId> parents(int i) {
        return parents[i];
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public int operationsStart(int i) {
        return starts[i];
    }

    @Override
    public int operationsEnd(int i) {
        return starts[i + 1];
    }
}
