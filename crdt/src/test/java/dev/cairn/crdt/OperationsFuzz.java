package dev.cairn.crdt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.crdt.codec.MalformedOperationsException;
import dev.cairn.crdt.codec.Transcript;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.version.VersionVector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;

/**
 * What a member may write into changes and checkpoints. {@code proof/fuzz 60 OperationsFuzz} fuzzes each for a minute.
 */
@Tag("fuzz")
final class OperationsFuzz {
    private static final ActorId A = new ActorId(1, 1);
    private static final ActorId B = new ActorId(2, 2);

    /** The input is cut into the changes of two actors, who now and then know of each other. */
    @FuzzTest(maxDuration = "30s")
    void changes(byte[] input) {
        List<TestRun> runs = changesIn(input);
        DocumentSet forwards = DocumentSet.create();
        for (TestRun run : runs) {
            forwards.integrate(List.of(run));
        }
        ByteBuffer hash = forwards.stateHash();
        DocumentSet backwards = DocumentSet.create();
        backwards.integrate(ConvergenceProperties.reversed(runs));
        check(backwards.stateHash().equals(hash), "the order of arrival matters");
        EngineCheckpoint checkpoint = forwards.checkpoint();
        DocumentSet opened = DocumentSet.open(
                checkpoint,
                name -> Objects.requireNonNull(checkpoint.changedSnapshots().get(name)),
                List::of);
        check(opened.stateHash().equals(hash), "a checkpoint loses something");
    }

    private static List<TestRun> changesIn(byte[] input) {
        List<TestRun> runs = new ArrayList<>();
        long[] seq = new long[2];
        long[] lamport = new long[2];
        int at = 0;
        while (at < input.length) {
            int head = input[at++] & 0xff;
            int length = Math.min(head >> 2, input.length - at);
            int actor = head & 1;
            boolean merges = (head & 2) != 0 && seq[1 - actor] > 0;
            List<ChangeId> parents = merges ? List.of(new ChangeId(actor == 0 ? B : A, seq[1 - actor])) : List.of();
            lamport[actor] = 1 + (merges ? Math.max(lamport[0], lamport[1]) : lamport[actor]);
            byte[] operations = Arrays.copyOfRange(input, at, at + length);
            if (isValid(operations)) {
                seq[actor]++;
                ChangeId id = new ChangeId(actor == 0 ? A : B, seq[actor]);
                runs.add(TestRun.of(new TestRun.Change(id, lamport[actor], 0, parents, ByteBuffer.wrap(operations))));
            } else {
                lamport[actor] = runs.isEmpty() ? 0 : lamportOf(runs, actor == 0 ? A : B);
            }
            at += length;
        }
        return runs;
    }

    private static long lamportOf(List<TestRun> runs, ActorId actor) {
        return runs.stream()
                .filter(run -> run.actor().equals(actor))
                .mapToLong(run -> run.lamport(0))
                .max()
                .orElse(0);
    }

    private static boolean isValid(byte[] operations) {
        try {
            check(Transcript.of(operations).equals(ByteBuffer.wrap(operations)), "a second encoding");
            return true;
        } catch (MalformedOperationsException e) {
            return false;
        }
    }

    /** The input is the snapshot of a document. */
    @FuzzTest(maxDuration = "20s")
    void snapshots(byte[] input) {
        DocumentSet set = DocumentSet.create();
        set.begin(A, 1, 0).finish();
        EngineCheckpoint base = new EngineCheckpoint(
                Heads.of(List.of(new ChangeId(A, 1))),
                VersionVector.of(Map.of(A, 1L)),
                Map.of(A, 1L),
                new TreeSet<>(List.of("d")),
                new TreeMap<>());
        DocumentSet opened = DocumentSet.open(base, name -> ByteBuffer.wrap(input), List::of);
        try {
            check(opened.stateHash().remaining() == 32, "no hash");
        } catch (MalformedOperationsException e) {
            check(e.getMessage() != null, "no reason");
        }
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
