package dev.cairn.crdt.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.graph.Base;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The shapes of history that make a replay quadratic if it is done naively, measured in spans it looks at. */
class SequenceGrowthTest {
    private static final int SIZE = 1500;

    /** Twice the history may take so many times the steps. */
    private static final double GROWTH_MAX = 2.6;

    /** Makes changes of one character each. */
    private static final class Authors {
        private final EventGraph graph = new EventGraph(Base.NONE);
        private final Sequence text = new Sequence(graph, null);

        private int length(int lv) {
            return text.lengthAt(lv);
        }

        private int change(int actor, List<ChangeId> parents, long lamport) {
            return graph.add(graph.actor(id(actor)), parents, lamport, 0, 0, 0);
        }

        private static ActorId id(int actor) {
            return new ActorId(actor, 0);
        }
    }

    /** A history of about that size. */
    private interface History {
        void make(Authors authors, int size);
    }

    private static long steps(History history, int size) {
        Authors authors = new Authors();
        history.make(authors, size);
        return authors.text.replaySteps();
    }

    private static void assertLinear(History history) {
        long half = steps(history, SIZE);
        assertThat(half).isGreaterThan(SIZE / 4);
        assertThat((double) steps(history, 2 * SIZE)).isLessThan(GROWTH_MAX * half);
    }

    /** Everybody types before everything they see, and nobody hears of the others. */
    private static void prepend(Authors authors, int actor, int seq) {
        authors.text.insert(authors.change(actor, List.of(), seq), 0, 'x');
    }

    @Test
    void two_branches_at_one_place_which_come_by_turns() {
        assertLinear((authors, size) -> {
            for (int i = 0; i < size; i++) {
                prepend(authors, i % 2, i / 2 + 1);
            }
        });
    }

    @Test
    void two_branches_at_one_place_one_after_the_other() {
        for (boolean first : new boolean[] {false, true}) {
            assertLinear((authors, size) -> {
                for (int i = 0; i < size; i++) {
                    prepend(authors, i < size / 2 == first ? 0 : 1, i % (size / 2) + 1);
                }
                authors.text.lengthAt(authors.change(2, List.of(), 1));
            });
        }
    }

    @Test
    void ten_branches_which_come_by_turns() {
        assertLinear((authors, size) -> {
            Random random = new Random(1);
            for (int i = 0; i < size; i++) {
                int lv = authors.change(i % 10, List.of(), i / 10 + 1);
                authors.text.insert(lv, random.nextInt(authors.length(lv) + 1), 'x');
            }
        });
    }

    @Test
    void sixty_branches_which_come_by_turns() {
        assertLinear((authors, size) -> {
            for (int i = 0; i < 8 * size; i++) {
                prepend(authors, i % 60, i / 60 + 1);
            }
        });
    }

    @Test
    void two_authors_who_always_miss_the_last_change_of_the_other() {
        assertLinear((authors, size) -> {
            Random random = new Random(2);
            for (int i = 0; i < size; i++) {
                int round = i / 2;
                List<ChangeId> parents = round == 0 ? List.of() : List.of(new ChangeId(Authors.id(1 - i % 2), round));
                int lv = authors.change(i % 2, parents, round + 1);
                authors.text.insert(lv, random.nextInt(authors.length(lv) + 1), 'x');
            }
        });
    }

    /** More branches than a replay keeps versions. */
    @Test
    void eighty_branches_end_alike_by_turns_and_one_after_the_other() {
        int actors = 80;
        int each = 80;
        Authors byTurns = new Authors();
        Authors oneAfterTheOther = new Authors();
        for (int i = 0; i < actors * each; i++) {
            insert(byTurns, i % actors, i / actors + 1);
            insert(oneAfterTheOther, i / each, i % each + 1);
        }
        byTurns.text.check();
        assertThat(byTurns.text.text()).hasToString(oneAfterTheOther.text.text().toString());
    }

    private static void insert(Authors authors, int actor, int seq) {
        Random random = new Random(actor * 1000L + seq);
        int lv = authors.change(actor, List.of(), seq);
        assertThat(authors.length(lv)).isEqualTo(seq - 1);
        authors.text.insert(lv, random.nextInt(seq), 'a' + random.nextInt(26));
    }
}
