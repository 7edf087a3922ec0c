package dev.cairn.crdt.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.graph.Base;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What it costs that many writers assign to one key, counted in assignments which are looked at. */
class RivalsTest {
    private static final int ROUNDS = 20;

    private final EventGraph graph = new EventGraph(Base.NONE);
    private final Rivals rivals = new Rivals();
    private final List<Integer> twin = new ArrayList<>();

    private void assign(int writer, ChangeId... parents) {
        int actor = graph.actor(new ActorId(writer, 1));
        List<ChangeId> known = List.of(parents);
        int lv = graph.add(actor, known, graph.parentLamport(actor, known) + 1, 0, 0, 0);
        if (rivals.count() > 0) {
            rivals.supersede(graph, lv);
        }
        rivals.add(graph, lv, 0, lv);
        twin.removeIf(other -> graph.inPast(other, lv));
        twin.add(lv);
    }

    private void check() {
        assertThat(rivals.count()).isEqualTo(twin.size());
        List<Integer> lvs = new ArrayList<>();
        for (int i = 0; i < rivals.count(); i++) {
            lvs.add(rivals.lv(i));
            assertThat(rivals.content(i)).isEqualTo(rivals.lv(i));
        }
        assertThat(lvs).isEqualTo(twin);
    }

    @Test
    void writersWhoHearOfNobodyDoNotLookAtOneAnother() {
        for (int round = 0; round < ROUNDS; round++) {
            for (int writer = 0; writer < 1000; writer++) {
                assign(writer);
            }
        }

        check();
        assertThat(rivals.steps()).isLessThan(5L * 1000 * ROUNDS);
    }

    @Test
    void writersWhoHeardOfSomeOnceLookAtThemOnce() {
        for (int writer = 0; writer < 1000; writer++) {
            assign(writer);
        }
        for (int writer = 500; writer < 1000; writer++) {
            assign(writer, new ChangeId(new ActorId(writer - 500, 1), 1));
        }
        long before = rivals.steps();
        for (int round = 0; round < ROUNDS; round++) {
            for (int writer = 500; writer < 1000; writer++) {
                assign(writer);
            }
        }

        check();
        assertThat(rivals.steps() - before).isLessThan(5L * 500 * ROUNDS);
    }

    @Test
    void anyHistoryLeavesWhatNothingHasSuperseded() {
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RivalsTest fresh = new RivalsTest();
            for (int i = 0; i < 300; i++) {
                int writer = random.nextInt(30);
                int seen = random.nextInt(30);
                int known = fresh.graph.known(fresh.graph.actor(new ActorId(seen, 1)));
                if (known == 0 || seen == writer || random.nextInt(3) > 0) {
                    fresh.assign(writer);
                } else {
                    fresh.assign(writer, new ChangeId(new ActorId(seen, 1), 1 + random.nextInt(known)));
                }
                if (random.nextInt(10) == 0) {
                    fresh.check();
                }
            }
            fresh.check();
        }
    }
}
