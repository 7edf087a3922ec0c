package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What comes one by one is integrated as what comes in runs, whatever its order. */
class GatheringProperties {
    @Property(tries = 300)
    void givesEveryChangeAwayInOrder(@ForAll Random random) {
        int actors = 1 + random.nextInt(8);
        long from = random.nextInt(4) == 0 ? (1L << 53) - 1000 : 1;
        int range = random.nextBoolean() ? 20 : random.nextBoolean() ? 400 : Integer.MAX_VALUE;
        List<TestRun.Change> arriving = new ArrayList<>();
        for (int i = random.nextInt(200); i >= 0; i--) {
            arriving.add(change(random, random.nextInt(actors), from + random.nextInt(range)));
        }
        if (random.nextInt(4) == 0) {
            arriving.sort(Comparator.comparing(TestRun.Change::id));
        }
        Map<Integer, List<TestRun.Change>> expected = new LinkedHashMap<>();
        Map<Integer, Integer> slots = new LinkedHashMap<>();
        Gathering gathering = new Gathering(arriving.size());
        for (TestRun.Change change : arriving) {
            int actor = (int) change.id().actor().low();
            expected.computeIfAbsent(actor, any -> new ArrayList<>()).add(change);
            assertThat(gathering.isFull()).isFalse();
            int slot = slots.computeIfAbsent(
                    actor, any -> gathering.slot(any, change.id().actor()));
            gathering.add(slot, TestRun.of(change));
        }
        assertThat(gathering.isFull()).isTrue();

        Map<Integer, List<TestRun.Change>> given = new LinkedHashMap<>();
        List<ChangeRun> runs = new ArrayList<>();
        gathering.giveTo((actor, run) -> {
            runs.add(run);
            given.computeIfAbsent(actor, any -> new ArrayList<>()).addAll(changes(run));
        });

        expected.values()
                .forEach(changes -> changes.sort(
                        Comparator.comparingLong(change -> change.id().seq())));
        assertThat(given).isEqualTo(expected);
        assertThat(given.keySet()).containsExactlyElementsOf(expected.keySet());
        int breaks = 0;
        for (List<TestRun.Change> changes : expected.values()) {
            for (int i = 0; i < changes.size(); i++) {
                long seq = changes.get(i).id().seq();
                breaks += i == 0 || changes.get(i - 1).id().seq() + 1 != seq ? 1 : 0;
            }
        }
        assertThat(runs).hasSize(breaks);
    }

    private static TestRun.Change change(Random random, int actor, long seq) {
        List<ChangeId> parents = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            parents.add(new ChangeId(new ActorId(9, i), 1 + random.nextInt(9)));
        }
        byte[] operations = new byte[random.nextInt(random.nextInt(8) == 0 ? 500 : 20)];
        random.nextBytes(operations);
        return new TestRun.Change(
                new ChangeId(new ActorId(7, actor), seq),
                random.nextLong(),
                random.nextLong(),
                parents,
                ByteBuffer.wrap(operations));
    }

    private static List<TestRun.Change> changes(ChangeRun run) {
        List<TestRun.Change> changes = new ArrayList<>();
        for (int i = 0; i < run.size(); i++) {
            int length = run.operationsEnd(i) - run.operationsStart(i);
            changes.add(new TestRun.Change(
                    new ChangeId(run.actor(), run.firstSeq() + i),
                    run.lamport(i),
                    run.timeMillis(i),
                    run.parents(i),
                    run.buffer().slice(run.operationsStart(i), length)));
        }
        return changes;
    }

    @Property(tries = 30)
    void aSetDoesNotDependOnHowChangesAreCutAndOrdered(@ForAll Random random) {
        DocumentSet source = DocumentSet.create();
        List<TestRun.Change> made = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            made.add(TestRun.Change.of(write(source, random.nextInt(4), random.nextInt(50) == 0 ? 70_000 : 5, i)));
        }
        // some are missing for now, and wait for others or are waited for; some come twice
        TreeSet<Integer> late = new TreeSet<>();
        random.ints(3, 0, made.size()).forEach(late::add);
        List<TestRun> first = new ArrayList<>();
        List<TestRun> second = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            (late.contains(i) ? second : first).add(TestRun.of(made.get(i)));
        }
        List<TestRun> twice = new ArrayList<>(first.subList(0, random.nextInt(100)));
        first.addAll(twice);
        Collections.shuffle(first, random);

        DocumentSet set = DocumentSet.create();
        assertThat(set.integrate(first).duplicates()).isEqualTo(twice.size());
        Integration last = set.integrate(second);

        assertThat(last.waiting()).isEmpty();
        assertThat(last.refused()).isEmpty();
        assertThat(set.version()).isEqualTo(source.version());
        assertThat(set.stateHash()).isEqualTo(source.stateHash());
    }

    @Example
    void afterACallThatFailedTheNextTakesAllIn() {
        DocumentSet source = DocumentSet.create();
        List<TestRun> runs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            runs.add(TestRun.of(write(source, i % 4, 5, i)));
        }
        List<ChangeRun> unreadable = new ArrayList<>(runs.subList(0, 99));
        unreadable.add(new PartOfRun(runs.get(99), 1, 1));
        DocumentSet set = DocumentSet.create();
        assertThatThrownBy(() -> set.integrate(unreadable)).isInstanceOf(IndexOutOfBoundsException.class);
        Collections.reverse(runs);

        assertThat(set.integrate(runs).waiting()).isEmpty();

        assertThat(set.stateHash()).isEqualTo(source.stateHash());
    }

    @Example
    void moreBytesThanAreGatheredAtOnce() {
        DocumentSet source = DocumentSet.create();
        List<TestRun> runs = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            runs.add(TestRun.of(write(source, i % 2, 50_000, i)));
        }
        Collections.shuffle(runs, new Random(1));

        DocumentSet set = DocumentSet.create();
        assertThat(set.integrate(runs).waiting()).isEmpty();

        assertThat(set.stateHash()).isEqualTo(source.stateHash());
    }

    private static LocalChange write(DocumentSet source, int device, int length, int key) {
        ActorId actor = new ActorId(3, device);
        EditSession session = source.begin(actor, source.version().of(actor) + 1, 1000);
        session.on("d" + key % 3).map().put("k" + key % 40, "x".repeat(length));
        return session.finish();
    }
}
