package dev.cairn.crdt.immutable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.view.KeyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The shape of a tree of keys, and the edges of its parts. */
@SuppressWarnings("JdkObsolete") // a SortedMap is what is tested
class KeyTreeTest {
    private static final int MAX = KeyTree.MAX;

    private static String key(int number) {
        return String.format("%05d", number);
    }

    private static KeyTree<Integer> grown(int size) {
        KeyTree<Integer> tree = KeyTree.empty();
        for (int i = 0; i < size; i++) {
            tree = tree.with(key(i), i);
        }
        return tree;
    }

    private static KeyTree<Integer> built(int size) {
        KeyTree.Builder<Integer> builder = new KeyTree.Builder<>(0);
        for (int i = 0; i < size; i++) {
            builder.add(key(i), i);
        }
        return builder.build();
    }

    private static List<Integer> leaves(KeyTree<Integer> tree) {
        List<Integer> sizes = new ArrayList<>();
        leaves(tree.root(), sizes);
        return sizes;
    }

    private static void leaves(KeyTree.Node node, List<Integer> sizes) {
        if (node.fork) {
            for (int i = 0; i < node.items.length; i++) {
                leaves(node.child(i), sizes);
            }
        } else {
            sizes.add(node.keys.length);
        }
    }

    @Test
    void aNodeHoldsAsManyItemsAsItMayAndIsSplitInHalvesByOneMore() {
        assertThat(leaves(grown(MAX))).containsExactly(MAX);
        assertThat(leaves(grown(MAX + 1))).containsExactly(MAX / 2, MAX / 2 + 1);
        assertThat(leaves(grown(MAX + MAX / 2))).containsExactly(MAX / 2, MAX);
        assertThat(leaves(grown(MAX + MAX / 2 + 1))).containsExactly(MAX / 2, MAX / 2, MAX / 2 + 1);
    }

    @Test
    void nodesAreBuiltThreeQuartersFullAndOfOneSize() {
        assertThat(leaves(built(MAX * 3 / 4))).containsExactly(MAX * 3 / 4);
        assertThat(leaves(built(MAX * 3 / 4 + 1))).containsExactly(12, 13);
        assertThat(leaves(built(MAX * 3))).containsExactly(24, 24, 24, 24);
    }

    @Test
    void neighboursWhichTogetherAreAQuarterFullAreJoined() {
        KeyTree<Integer> tree = built(3 * MAX * 3 / 4);
        for (int i = 4; i < 24; i++) {
            tree = tree.without(key(i));
        }
        for (int i = 24; i < 24 + 19; i++) {
            tree = tree.without(key(i));
        }
        assertThat(leaves(tree)).containsExactly(4, 5, 24);
        assertThat(leaves(tree.without(key(0)))).as("with the one behind").containsExactly(8, 24);
        assertThat(leaves(tree.without(key(47)))).as("with the one before").containsExactly(8, 24);
        assertThat(new ArrayList<>(tree.without(key(47)).asMap().values()))
                .startsWith(0, 1, 2, 3, 43, 44, 45, 46, 48)
                .hasSize(32);
    }

    @Test
    void theLastNeighboursAreJoinedToo() {
        KeyTree<Integer> tree = built(3 * MAX * 3 / 4);
        for (int i = 24; i < 44; i++) {
            tree = tree.without(key(i));
        }
        for (int i = 48; i < 48 + 20; i++) {
            tree = tree.without(key(i));
        }
        assertThat(leaves(tree)).containsExactly(24, 8);
    }

    @Test
    void aTreeWhichLosesItsKeysLosesItsHeight() {
        KeyTree<Integer> tree = built(3000);
        for (int i = 0; i < 2999; i++) {
            tree = tree.without(key(i));
        }
        assertThat(leaves(tree)).containsExactly(1);
        assertThat(tree.root().fork).isFalse();
        assertThat(tree.without(key(2999))).isSameAs(KeyTree.empty());
        assertThat(tree.without("no such key")).isSameAs(tree);
    }

    @Test
    void everyKeyIsWhereAPartStartsOrEnds() {
        int size = 100;
        SortedMap<String, Integer> map = built(size).asMap();
        for (int i = 0; i < size; i++) {
            assertThat(map.headMap(key(i))).hasSize(i);
            assertThat(map.headMap(key(i) + "+")).hasSize(i + 1);
            SortedMap<String, Integer> tail = map.tailMap(key(i));
            assertThat(tail).hasSize(size - i);
            assertThat(tail.firstKey()).isEqualTo(key(i));
            assertThat(tail.get(key(i))).isEqualTo(i);
            assertThat(map.headMap(key(i)).get(key(i))).isNull();
            assertThat(map.headMap(key(i) + "+").lastKey()).isEqualTo(key(i));
        }
    }

    @Test
    void aPartIsCutOutOfAPartAndHasNothingFromOutside() {
        SortedMap<String, Integer> part = built(100).asMap().subMap(key(10), key(20));
        assertThat(part.tailMap(key(0))).hasSize(10);
        assertThat(part.headMap(key(99))).hasSize(10);
        assertThat(part.get(key(9))).isNull();
        assertThat(part.get(key(10))).isEqualTo(10);
        assertThat(part.get(key(19))).isEqualTo(19);
        assertThat(part.get(key(20))).isNull();
        assertThat(part.entrySet()).hasSize(10);
        Map<?, ?> anyKeys = part;
        assertThat(anyKeys.containsKey(11)).isFalse();
    }

    @Test
    void anEmptyPartHasNoEntries() {
        SortedMap<String, Integer> map = built(100).asMap();
        for (SortedMap<String, Integer> empty : List.of(
                map.tailMap("9"),
                map.headMap("0"),
                map.subMap(key(50), key(50)),
                map.tailMap("9").headMap("0"))) {
            assertThat(empty).isEmpty();
            assertThat(empty.entrySet().iterator().hasNext()).isFalse();
            assertThatThrownBy(empty::firstKey).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(empty::lastKey).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void aMapSaysInWhichOrderItIs() {
        assertThat(built(3).asMap().comparator()).isSameAs(KeyOrder.INSTANCE);
    }

    @Test
    void aBuilderRefusesAKeyThatDoesNotComeBehindTheLast() {
        KeyTree.Builder<Integer> builder =
                new KeyTree.Builder<Integer>(0).add("a", 1).add("c", 3);
        assertThatThrownBy(() -> builder.add("c", 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("keys must ascend, found \"c\" behind \"c\"");
        assertThatThrownBy(() -> builder.add("b", 2)).hasMessage("keys must ascend, found \"b\" behind \"c\"");
        assertThat(builder.build().asMap()).isEqualTo(Map.of("a", 1, "c", 3));
    }
}
