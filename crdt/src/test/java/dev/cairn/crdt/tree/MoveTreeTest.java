package dev.cairn.crdt.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MoveTreeTest {
    private static final int TOP = MoveTree.TOP;

    private static Moves.Move move(int node, int target) {
        return new Moves.Move(node, target, 5);
    }

    private static Map<Integer, List<Integer>> tree(List<Moves.Change> changes) {
        Moves.Live live = new Moves.Live();
        changes.forEach(live::apply);
        live.tree.check();
        return live.picture();
    }

    @Test
    void ofTwoMovesWhichWouldMakeACircleTheGreaterDoesNothing() {
        Moves moves = new Moves(2);
        moves.change(0, List.of(move(0, TOP), move(1, TOP)));
        moves.see(1, 0);
        moves.change(0, List.of(move(0, 1)));
        moves.change(1, List.of(move(1, 0)));
        assertThat(tree(moves.changes)).isEqualTo(Map.of(TOP, List.of(1), 1, List.of(0)));
        assertThat(tree(moves.byActor())).isEqualTo(Map.of(TOP, List.of(1), 1, List.of(0)));
        assertThat(tree(List.of(moves.changes.get(0), moves.changes.get(2), moves.changes.get(1))))
                .isEqualTo(Map.of(TOP, List.of(1), 1, List.of(0)));
    }

    @Test
    void ofThreeMovesWhichWouldMakeACircleTheGreatestDoesNothing() {
        Moves moves = new Moves(3);
        moves.change(0, List.of(move(0, TOP), move(1, TOP), move(2, TOP)));
        moves.see(1, 0);
        moves.see(2, 0);
        moves.change(0, List.of(move(0, 1)));
        moves.change(1, List.of(move(1, 2)));
        moves.change(2, List.of(move(2, 0)));
        assertThat(tree(moves.shuffled(new Random(3))))
                .isEqualTo(Map.of(TOP, List.of(2), 2, List.of(1), 1, List.of(0)));
    }

    @Test
    void aMoveThatComesLateBringsBackWhatItHadPrevented() {
        // 1 below 0 does nothing beside the smaller 0 below 1, unless an even smaller move took 1 away
        Moves moves = new Moves(3);
        moves.change(0, List.of(move(0, TOP), move(1, TOP)));
        moves.see(1, 0);
        moves.see(2, 0);
        moves.change(1, List.of(move(0, 1)));
        moves.change(2, List.of(move(1, 0)));
        Moves.Live live = new Moves.Live();
        moves.changes.forEach(live::apply);
        assertThat(live.picture()).isEqualTo(Map.of(TOP, List.of(1), 1, List.of(0)));
        live.apply(moves.change(0, List.of(move(1, MoveTree.OUT))));
        live.tree.check();
        assertThat(live.picture()).isEqualTo(new Moves.Twin(moves.changes).picture());
    }

    @Test
    void aBatchIsUndoneAndDoneAgainOnceWhateverItsOrder() {
        Moves moves = flat(10, 1_000, 10_000);
        Moves.Live live = new Moves.Live();
        moves.byActor().forEach(live::apply);
        Map<Integer, List<Integer>> picture = live.picture();
        assertThat(live.tree.replayed()).isEqualTo(11_000);
        assertThat(picture).isEqualTo(new Moves.Twin(moves.changes).picture());
    }

    /** Nodes made by one actor and then moved about by all, none of whom sees the others. */
    private static Moves flat(int actors, int nodes, int size) {
        Moves moves = new Moves(actors);
        List<Moves.Move> made = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            made.add(move(node, TOP));
        }
        moves.change(0, made);
        for (int actor = 1; actor < actors; actor++) {
            moves.see(actor, 0);
        }
        Random random = new Random(1);
        for (int i = 0; i < size; i++) {
            int node = random.nextInt(nodes);
            int target = random.nextInt(nodes);
            moves.change(i % actors, List.of(move(node, target == node ? TOP : target)));
        }
        return moves;
    }

    @Test
    void movesAtTheEndsOfADeepChainDoNotWalkIt() {
        int depth = 10_000;
        int size = 100_000;
        Moves.Live live = new Moves.Live();
        Moves moves = new Moves(1);
        List<Moves.Move> chain = new ArrayList<>();
        for (int node = 0; node < depth; node++) {
            chain.add(move(node, node == 0 ? TOP : node - 1));
        }
        live.apply(moves.change(0, chain));
        for (int i = 0; i < size; i++) {
            // the lower half goes to the top and back to the end of the upper half
            live.apply(moves.change(0, List.of(move(depth / 2, i % 2 == 0 ? 0 : depth / 2 - 1))));
        }
        live.tree.check();
        assertThat(live.tree.shape().size()).isEqualTo(depth);
        assertThat(live.tree.steps()).isLessThan(60L * size);
    }

    @Test
    void concurrentMovesInADeepChainDoNotWalkItEither() {
        int actors = 5;
        int depth = 5_000;
        Moves moves = new Moves(actors);
        List<Moves.Move> chain = new ArrayList<>();
        for (int node = 0; node < depth; node++) {
            chain.add(move(node, node == 0 ? TOP : node - 1));
        }
        moves.change(0, chain);
        Moves.Live live = new Moves.Live();
        live.apply(moves.changes.get(0));
        Random random = new Random(7);
        for (int actor = 1; actor < actors; actor++) {
            moves.see(actor, 0);
        }
        int size = 20_000;
        for (int i = 0; i < size; i++) {
            int node = 1 + random.nextInt(depth - 1);
            moves.change(i % actors, List.of(move(node, random.nextInt(node))));
        }
        for (Moves.Change change : moves.byActor().subList(1, size + 1)) {
            live.apply(change);
            if (change.id().seq() % 1_000 == 0) {
                live.tree.isIn(depth - 1);
            }
        }
        live.tree.check();
        assertThat(live.tree.steps()).isLessThan(200L * live.tree.replayed());
    }

    @Test
    void aChainOfManyNodesHasAShape() {
        int depth = 100_000;
        Moves.Live live = new Moves.Live();
        Moves moves = new Moves(1);
        List<Moves.Move> chain = new ArrayList<>();
        for (int node = depth - 1; node >= 0; node--) {
            chain.add(move(node, TOP));
        }
        for (int node = 1; node < depth; node++) {
            chain.add(move(node, node - 1));
        }
        live.apply(moves.change(0, chain));
        TreeShape shape = live.tree.shape();
        assertThat(shape.size()).isEqualTo(depth);
        assertThat(shape.parent(depth - 1)).isEqualTo(depth - 2);
        assertThat(shape.end(0)).isEqualTo(depth);
        assertThat(live.tree.isIn(Moves.at(live.numbers, depth - 1))).isTrue();
        live.tree.check();
    }

    @Test
    void manySiblingsComeAndGoInTheirOrder() {
        Moves.Live live = new Moves.Live();
        Moves moves = new Moves(1);
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            int node = random.nextInt(10) > 0 ? i : random.nextInt(i + 1);
            live.apply(moves.change(0, List.of(new Moves.Move(node, TOP, random.nextInt(500)))));
            live.tree.children(TOP);
        }
        live.tree.check();
        assertThat(live.picture()).isEqualTo(new Moves.Twin(moves.changes).picture());
        for (int i = 0; i < live.tree.children(TOP); i++) {
            assertThat(live.tree.indexOf(live.tree.child(TOP, i))).isEqualTo(i);
        }
    }
}
