package dev.cairn.crdt.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the order in which moves arrive, and whenever somebody looks, the tree is that of the slow twin. */
class MoveTreeProperties {
    @Property(tries = 300)
    void everyOrderOfArrivalGivesTheTreeOfTheTwin(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int actors) {
        Random random = new Random(seed);
        Moves moves = Moves.random(seed, actors, 1 + random.nextInt(60));
        Map<Integer, List<Integer>> expected = new Moves.Twin(moves.changes).picture();
        for (List<Moves.Change> arrival : List.of(moves.changes, moves.byActor(), moves.shuffled(random))) {
            Moves.Live live = new Moves.Live();
            arrival.forEach(live::apply);
            assertThat(live.picture()).isEqualTo(expected);
            live.tree.check();
        }
    }

    @Property(tries = 150)
    void whoeverLooksInBetweenSeesTheTreeOfWhatHasArrived(@ForAll long seed) {
        Random random = new Random(seed);
        Moves moves = Moves.random(seed, 4, 40);
        List<Moves.Change> arrival = moves.shuffled(random);
        Moves.Live live = new Moves.Live();
        for (int i = 0; i < arrival.size(); i++) {
            live.apply(arrival.get(i));
            if (random.nextInt(3) == 0) {
                assertThat(live.picture()).isEqualTo(new Moves.Twin(arrival.subList(0, i + 1)).picture());
            }
            if (random.nextInt(5) == 0) {
                live.tree.check();
            }
        }
        assertThat(live.picture()).isEqualTo(new Moves.Twin(moves.changes).picture());
    }

    @Property(tries = 100)
    void balancedPathsAnswerLikeWalks(@ForAll long seed) {
        Random random = new Random(seed);
        int size = 2 + random.nextInt(60);
        LinkCut paths = new LinkCut();
        paths.room(size + 1);
        int[] parents = new int[size + 1];
        for (int i = 0; i < 300; i++) {
            int a = 1 + random.nextInt(size);
            int b = 1 + random.nextInt(size);
            assertThat(paths.isAbove(a, b)).isEqualTo(isAbove(parents, a, b));
            assertThat(parents[paths.top(a)]).isZero();
            assertThat(isAbove(parents, paths.top(a), a)).isTrue();
            if (parents[a] != 0 && random.nextBoolean()) {
                paths.cut(a);
                parents[a] = 0;
            } else if (parents[a] == 0 && !isAbove(parents, a, b)) {
                paths.link(a, b);
                parents[a] = b;
            }
        }
    }

    private static boolean isAbove(int[] parents, int a, int b) {
        int at = b;
        while (at != 0 && at != a) {
            at = parents[at];
        }
        return at == a;
    }
}
