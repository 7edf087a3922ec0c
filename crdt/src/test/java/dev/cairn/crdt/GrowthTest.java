package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The cost of integrating many small changes, counted in questions asked of the runs: constant for each change. */
class GrowthTest {
    private static final int DEVICES = 5;

    /** Questions of one run of one change: once when it arrives, once when it is sorted, once when it is applied. */
    private static final int QUESTIONS_MAX = 60;

    /** A run of one change, which counts how often it is asked anything. */
    private static final class CountingRun implements ChangeRun {
        private final TestRun.Change change;
        private long questions;

        private CountingRun(TestRun.Change change) {
            this.change = change;
        }

        @Override
        public ActorId actor() {
            questions++;
            return change.id().actor();
        }

        @Override
        public long firstSeq() {
            questions++;
            return change.id().seq();
        }

        @Override
        public int size() {
            questions++;
            return 1;
        }

        @Override
        public long lamport(int i) {
            questions++;
            return change.lamport();
        }

        @Override
        public long timeMillis(int i) {
            questions++;
            return change.time();
        }

        @Override
        public List<ChangeId> parents(int i) {
            questions++;
            return change.parents();
        }

        @Override
        public ByteBuffer buffer() {
            questions++;
            return change.operations();
        }

        @Override
        public int operationsStart(int i) {
            questions++;
            return 0;
        }

        @Override
        public int operationsEnd(int i) {
            questions++;
            return change.operations().remaining();
        }
    }

    /** Changes of some devices which see one another's work after every ten of their own. */
    private static List<CountingRun> changes(int each) {
        List<DocumentSet> sets = new ArrayList<>();
        List<CountingRun> all = new ArrayList<>();
        for (int device = 0; device < DEVICES; device++) {
            sets.add(DocumentSet.create());
        }
        for (int round = 0; round < each / 10; round++) {
            int from = all.size();
            for (int device = 0; device < DEVICES; device++) {
                edit(sets.get(device), new ActorId(device, 7), all);
            }
            List<CountingRun> fresh = all.subList(from, all.size());
            sets.forEach(set -> set.integrate(fresh));
        }
        all.forEach(run -> run.questions = 0);
        return all;
    }

    private static void edit(DocumentSet set, ActorId actor, List<CountingRun> to) {
        for (int i = 0; i < 10; i++) {
            EditSession session = set.begin(actor, set.version().of(actor) + 1, 0);
            session.on("d").map().put("k" + i, i);
            to.add(new CountingRun(TestRun.Change.of(session.finish())));
        }
    }

    private static void requireFew(List<CountingRun> runs, DocumentSet set, DocumentSet expected) {
        long questions = runs.stream().mapToLong(run -> run.questions).sum();
        assertThat(questions).isBetween((long) runs.size(), (long) QUESTIONS_MAX * runs.size());
        assertThat(set.stateHash()).isEqualTo(expected.stateHash());
    }

    private static List<List<CountingRun>> orders(List<CountingRun> causal) {
        List<CountingRun> byDevice = new ArrayList<>(causal);
        byDevice.sort(Comparator.comparing(run -> run.change.id()));
        List<CountingRun> reversed = new ArrayList<>(causal);
        Collections.reverse(reversed);
        List<CountingRun> shuffled = new ArrayList<>(causal);
        Collections.shuffle(shuffled, new Random(7));
        return List.of(causal, byDevice, reversed, shuffled);
    }

    @Test
    void aBatchInAnyOrderAsksEachRunAFewTimes() {
        for (int each : new int[] {200, 1600}) {
            for (List<CountingRun> order : orders(changes(each))) {
                DocumentSet expected = DocumentSet.create();
                expected.integrate(order);
                order.forEach(run -> run.questions = 0);

                DocumentSet set = DocumentSet.create();
                set.integrate(order);

                requireFew(order, set, expected);
            }
        }
    }

    @Test
    void oneCallForEachChangeInAnyOrderAsksEachRunAFewTimes() {
        for (int each : new int[] {100, 800}) {
            for (List<CountingRun> order : orders(changes(each))) {
                DocumentSet expected = DocumentSet.create();
                expected.integrate(order);
                order.forEach(run -> run.questions = 0);

                DocumentSet set = DocumentSet.create();
                order.forEach(run -> set.integrate(List.of(run)));

                requireFew(order, set, expected);
            }
        }
    }
}
