package dev.cairn.system.bench.journal;

import dev.cairn.crdt.ChangeRun;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The engine's view of a run which was decoded from a file; every writer is its own actor. */
final class OpenedRun implements ChangeRun {
    private final dev.cairn.format.ChangeRun run;
    private final ActorId actor;
    private final ByteBuffer buffer;

    OpenedRun(dev.cairn.format.ChangeRun run) {
        this.run = run;
        this.actor = new ActorId(run.writer().high(), run.writer().low());
        this.buffer = run.buffer();
    }

    @Override
    public ActorId actor() {
        return actor;
    }

    @Override
    public long firstSeq() {
        return run.firstSeq();
    }

    @Override
    public int size() {
        return run.size();
    }

    @Override
    public long lamport(int i) {
        return run.lamport(i);
    }

    @Override
    public long timeMillis(int i) {
        return run.timeMillis(i);
    }

    @Override
    public List<ChangeId> parents(int i) {
        int count = run.parentCount(i);
        if (count == 0) {
            return List.of();
        }
        List<ChangeId> parents = new ArrayList<>(count);
        for (int p = 0; p < count; p++) {
            ActorId parent = new ActorId(run.parentWriterHigh(i, p), run.parentWriterLow(i, p));
            parents.add(new ChangeId(parent, run.parentSeq(i, p)));
        }
        return parents;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public int operationsStart(int i) {
        return run.operationsStart(i);
    }

    @Override
    public int operationsEnd(int i) {
        return run.operationsEnd(i);
    }
}
