package dev.cairn.crdt;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A copy of a run of one change for as long as a call lasts.
 *
 * <p>What arrives in no order is read once, in the order in which it lies in memory, and integrated in another order:
 * by then all there is of a change is here, instead of in the eight objects of which a run is made.
 */
final class HeldChange implements ChangeRun {
    private final ActorId actor;
    private final long seq;
    private final long lamport;
    private final long time;
    private final List<ChangeId> parents;
    private final ByteBuffer buffer;
    private final int start;
    private final int end;

    /** Copies a run of one change, whose operations are copied to the buffer's position. */
    HeldChange(ChangeRun run, ActorId actor, ByteBuffer into) {
        this.actor = actor;
        this.seq = run.firstSeq();
        this.lamport = run.lamport(0);
        this.time = run.timeMillis(0);
        this.parents = run.parents(0);
        this.buffer = into;
        this.start = into.position();
        this.end = start + run.operationsEnd(0) - run.operationsStart(0);
        into.put(start, run.buffer(), run.operationsStart(0), end - start);
        into.position(end);
    }

    @Override
    public ActorId actor() {
        return actor;
    }

    @Override
    public long firstSeq() {
        return seq;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public long lamport(int i) {
        return lamport;
    }

    @Override
    public long timeMillis(int i) {
        return time;
    }

    @Override
    public List<ChangeId> parents(int i) {
        return parents;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public int operationsStart(int i) {
        return start;
    }

    @Override
    public int operationsEnd(int i) {
        return end;
    }
}
