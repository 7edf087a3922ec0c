package dev.cairn.crdt;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.List;

/** Some consecutive changes of a run, as a run. */
record PartOfRun(ChangeRun run, int from, int size) implements ChangeRun {
    @Override
    public ActorId actor() {
        return run.actor();
    }

    @Override
    public long firstSeq() {
        return run.firstSeq() + from;
    }

    @Override
    public long lamport(int i) {
        return run.lamport(from + i);
    }

    @Override
    public long timeMillis(int i) {
        return run.timeMillis(from + i);
    }

    @Override
    public List<ChangeId> parents(int i) {
        return run.parents(from + i);
    }

    @Override
    public ByteBuffer buffer() {
        return run.buffer();
    }

    @Override
    public int operationsStart(int i) {
        return run.operationsStart(from + i);
    }

    @Override
    public int operationsEnd(int i) {
        return run.operationsEnd(from + i);
    }
}
