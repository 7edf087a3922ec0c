package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The queue of one actor holds what a plain set of numbers would, whatever comes in whatever pieces. */
class PendingQueueProperties {
    private static final ActorId ACTOR = new ActorId(1, 2);

    private final PendingQueue queue = new PendingQueue();
    private final TreeSet<Long> pending = new TreeSet<>();
    private long known;

    @Property(tries = 400)
    void holdsWhatASetOfNumbersHolds(@ForAll Random random) {
        for (int call = 0; call < 12; call++) {
            int batches = 1 + random.nextInt(2);
            for (int batch = 0; batch < batches; batch++) {
                offer(random);
                consume(random);
            }
            if (random.nextInt(3) == 0) {
                known++; // a local change, or one of another batch
            }
            queue.keep(known);
            queue.forget(known);
            pending.removeIf(seq -> seq <= known);
            check();
        }
    }

    private void offer(Random random) {
        int runs = random.nextInt(random.nextBoolean() ? 4 : 30);
        int sizeMax = random.nextBoolean() ? 1 : 6;
        long offered = 0;
        long before = pending.size();
        for (int i = 0; i < runs; i++) {
            long first = Math.max(1, known - 2 + random.nextInt(40));
            int size = 1 + random.nextInt(sizeMax);
            queue.add(run(first, size));
            offered += size;
            for (long seq = first; seq < first + size; seq++) {
                if (seq > known) {
                    pending.add(seq);
                }
            }
        }
        assertThat(queue.settle(known)).isEqualTo(offered - (pending.size() - before));
    }

    private void consume(Random random) {
        while (random.nextInt(4) > 0 && queue.first() != null && queue.first().firstSeq() <= known + 1) {
            ChangeRun first = queue.first();
            assertThat(first.firstSeq()).isLessThanOrEqualTo(pending.first());
            known = Math.max(known, first.firstSeq() + first.size() - 1);
            pending.removeIf(seq -> seq <= known);
            queue.removeFirst();
        }
    }

    private void check() {
        List<Long> held = new ArrayList<>();
        for (ChangeRun run : queue.all()) {
            for (int i = 0; i < run.size(); i++) {
                assertThat(run.lamport(i)).isEqualTo(100 + run.firstSeq() + i);
                if (run.firstSeq() + i > known) {
                    held.add(run.firstSeq() + i);
                }
            }
        }
        assertThat(held).containsExactlyInAnyOrderElementsOf(pending);
        assertThat(queue.count(known)).isEqualTo(pending.size());
        ChangeRun first = queue.first();
        assertThat(first == null).isEqualTo(pending.isEmpty());
        if (first != null) {
            assertThat(Math.max(first.firstSeq(), known + 1)).isEqualTo(pending.first());
        }
    }

    private static ChangeRun run(long first, int size) {
        List<TestRun.Change> changes = new ArrayList<>();
        for (long seq = first; seq < first + size; seq++) {
            changes.add(new TestRun.Change(
                    new ChangeId(ACTOR, seq), 100 + seq, 0, List.of(), ByteBuffer.allocate((int) (seq % 3))));
        }
        return new TestRun(changes);
    }
}
