package dev.cairn.crdt;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Changes of one actor as input, made of local changes or of hand-written bytes. */
record TestRun(List<Change> changes) implements ChangeRun {
    /** One change with everything it carries. */
    record Change(ChangeId id, long lamport, long time, List<ChangeId> parents, ByteBuffer operations) {
        static Change of(LocalChange local) {
            return new Change(local.change(), local.lamport(), local.timeMillis(), local.parents(), local.operations());
        }
    }

    static TestRun of(Change change) {
        return new TestRun(List.of(change));
    }

    static TestRun of(LocalChange change) {
        return of(Change.of(change));
    }

    /** Joins consecutive changes of one actor to runs, in the given order. */
    static List<TestRun> join(List<Change> changes) {
        List<TestRun> runs = new ArrayList<>();
        for (Change change : changes) {
            List<Change> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1).changes;
            if (!last.isEmpty()
                    && last.get(0).id.actor().equals(change.id.actor())
                    && last.get(last.size() - 1).id.seq() + 1 == change.id.seq()) {
                last.add(change);
            } else {
                runs.add(new TestRun(new ArrayList<>(List.of(change))));
            }
        }
        return runs;
    }

    @Override
    public ActorId actor() {
        return changes.get(0).id.actor();
    }

    @Override
    public long firstSeq() {
        return changes.get(0).id.seq();
    }

    @Override
    public int size() {
        return changes.size();
    }

    @Override
    public long lamport(int i) {
        return changes.get(i).lamport;
    }

    @Override
    public long timeMillis(int i) {
        return changes.get(i).time;
    }

    @Override
    public List<ChangeId> parents(int i) {
        return changes.get(i).parents;
    }

    @Override
    public ByteBuffer buffer() {
        ByteBuffer all = ByteBuffer.allocateDirect(operationsEnd(changes.size() - 1));
        changes.forEach(change -> all.put(change.operations.duplicate()));
        return all;
    }

    @Override
    public int operationsStart(int i) {
        int start = 0;
        for (int j = 0; j < i; j++) {
            start += changes.get(j).operations.remaining();
        }
        return start;
    }

    @Override
    public int operationsEnd(int i) {
        return operationsStart(i) + changes.get(i).operations.remaining();
    }
}
