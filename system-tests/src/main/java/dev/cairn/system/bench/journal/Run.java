package dev.cairn.system.bench.journal;

import dev.cairn.crdt.ChangeRun;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Consecutive changes of one actor in columns, as they would come out of a file. */
public final class Run implements ChangeRun {
    private final ChangeId first;
    private final long[] lamports;
    private final long[] times;
    private final List<List<ChangeId>> parents = new ArrayList<>();
    private final int[] starts;
    private final ByteBuffer buffer;

    private Run(List<LocalChange> changes) {
        first = changes.get(0).change();
        lamports = changes.stream().mapToLong(LocalChange::lamport).toArray();
        times = changes.stream().mapToLong(LocalChange::timeMillis).toArray();
        starts = new int[changes.size() + 1];
        for (int i = 0; i < changes.size(); i++) {
            starts[i + 1] = starts[i] + changes.get(i).operations().remaining();
        }
        buffer = ByteBuffer.allocate(starts[changes.size()]);
        for (LocalChange change : changes) {
            parents.add(change.parents());
            buffer.put(change.operations().duplicate());
        }
    }

    /** A copy which lies in memory where one lies that was read just now. */
    public Run copy() {
        return new Run(this);
    }

    private Run(Run run) {
        first = new ChangeId(run.first.actor(), run.first.seq());
        lamports = run.lamports.clone();
        times = run.times.clone();
        run.parents.forEach(each -> parents.add(List.of(
                each.stream().map(id -> new ChangeId(id.actor(), id.seq())).toArray(ChangeId[]::new))));
        starts = run.starts.clone();
        buffer = ByteBuffer.wrap(run.buffer.array().clone());
    }

    /** The changes as runs in the same order, cut where the actor changes and after at most so many changes. */
    public static List<Run> cut(List<LocalChange> changes, int changesMax) {
        List<Run> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= changes.size(); i++) {
            if (i == changes.size() || i - from == changesMax || !follows(changes.get(i), changes.get(i - 1))) {
                runs.add(new Run(changes.subList(from, i)));
                from = i;
            }
        }
        return runs;
    }

    private static boolean follows(LocalChange change, LocalChange previous) {
        return change.change().actor().equals(previous.change().actor())
                && change.change().seq() == previous.change().seq() + 1;
    }

    @Override
    public ActorId actor() {
        return first.actor();
    }

    @Override
    public long firstSeq() {
        return first.seq();
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
        return parents.get(i);
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
