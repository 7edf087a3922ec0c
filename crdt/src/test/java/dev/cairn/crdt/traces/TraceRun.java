package dev.cairn.crdt.traces;

import dev.cairn.crdt.ActorId;
import dev.cairn.crdt.ChangeId;
import dev.cairn.crdt.ChangeRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Changes of one actor in one buffer. */
record TraceRun(List<Trace.Encoded> changes, ByteBuffer buffer, List<Integer> starts) implements ChangeRun {
    static TraceRun of(List<Trace.Encoded> changes) {
        List<Integer> starts = new ArrayList<>();
        int length = 0;
        starts.add(0);
        for (Trace.Encoded change : changes) {
            length += change.operations().remaining();
            starts.add(length);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        changes.forEach(change -> buffer.put(change.operations().duplicate()));
        return new TraceRun(List.copyOf(changes), buffer, starts);
    }

    /** Joins neighbours which follow one another. */
    static List<TraceRun> join(List<Trace.Encoded> changes) {
        List<TraceRun> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= changes.size(); i++) {
            if (i == changes.size()
                    || !changes.get(i)
                            .id()
                            .actor()
                            .equals(changes.get(from).id().actor())
                    || changes.get(i).id().seq() != changes.get(i - 1).id().seq() + 1) {
                runs.add(of(changes.subList(from, i)));
                from = i;
            }
        }
        return runs;
    }

    @Override
    public ActorId actor() {
        return changes.get(0).id().actor();
    }

    @Override
    public long firstSeq() {
        return changes.get(0).id().seq();
    }

    @Override
    public int size() {
        return changes.size();
    }

    @Override
    public long lamport(int i) {
        return changes.get(i).lamport();
    }

    @Override
    public long timeMillis(int i) {
        return 0;
    }

    @Override
    public List<ChangeId> parents(int i) {
        return changes.get(i).parents();
    }

    @Override
    public int operationsStart(int i) {
        return starts.get(i);
    }

    @Override
    public int operationsEnd(int i) {
        return starts.get(i + 1);
    }
}
