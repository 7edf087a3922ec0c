package dev.cairn.crdt;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Consecutive finished changes of one actor, as they would come back from a file. */
public final class RecordedRun implements ChangeRun {
    private final List<LocalChange> changes;
    private final ByteBuffer buffer;
    private final List<Integer> ends = new ArrayList<>();

    /** Returns the run of those changes, which must follow one another. */
    public RecordedRun(List<LocalChange> changes) {
        this.changes = List.copyOf(changes);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0xAA); // operations need not start at 0
        ends.add(bytes.size());
        for (LocalChange change : this.changes) {
            byte[] operations = new byte[change.operations().remaining()];
            change.operations().duplicate().get(operations);
            bytes.writeBytes(operations);
            ends.add(bytes.size());
        }
        this.buffer = ByteBuffer.wrap(bytes.toByteArray()).asReadOnlyBuffer();
    }

    /** Returns the changes as runs, cut wherever the next one is not the follower of the last. */
    public static List<RecordedRun> runs(List<LocalChange> changes) {
        List<RecordedRun> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= changes.size(); i++) {
            if (i == changes.size()
                    || !follows(changes.get(i).change(), changes.get(i - 1).change())) {
                runs.add(new RecordedRun(changes.subList(from, i)));
                from = i;
            }
        }
        return runs;
    }

    private static boolean follows(ChangeId change, ChangeId previous) {
        return change.actor().equals(previous.actor()) && change.seq() == previous.seq() + 1;
    }

    @Override
    public ActorId actor() {
        return changes.get(0).change().actor();
    }

    @Override
    public long firstSeq() {
        return changes.get(0).change().seq();
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
        return changes.get(i).timeMillis();
    }

    @Override
    public List<ChangeId> parents(int i) {
        return changes.get(i).parents();
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public int operationsStart(int i) {
        return ends.get(i);
    }

    @Override
    public int operationsEnd(int i) {
        return ends.get(i + 1);
    }
}
