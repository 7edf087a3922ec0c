package dev.cairn.crdt.immutable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.view.KeyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A tree of keys holds what a {@link TreeMap} holds, and what it was changed from stays as it was. */
@SuppressWarnings("JdkObsolete") // a SortedMap is what is tested
class KeyTreeProperties {
    private static String key(Random random, int keys) {
        int number = random.nextInt(keys);
        // characters beyond the basic plane come after those at its end, which the order of chars has the other way
        return number % 5 == 0 ? "\ud83d\ude00" + number : number % 5 == 1 ? "\uff5e" + number : "k" + number;
    }

    @Property(tries = 60)
    void isATreeMapOfWhichOldVersionsStay(@ForAll Random random) {
        int keys = 1 << random.nextInt(13);
        TreeMap<String, Integer> twin = new TreeMap<>(KeyOrder.INSTANCE);
        for (int i = random.nextInt(2 * keys); i > 0; i--) {
            twin.put(key(random, keys), i);
        }
        KeyTree<Integer> tree = built(twin);
        List<KeyTree<Integer>> versions = new ArrayList<>();
        List<TreeMap<String, Integer>> twins = new ArrayList<>();
        int insertionsIn10 = random.nextInt(10);
        for (int step = 0; step < 1500; step++) {
            String key = key(random, keys);
            if (random.nextInt(10) < insertionsIn10) {
                tree = tree.with(key, step);
                twin.put(key, step);
            } else {
                tree = tree.without(key);
                twin.remove(key);
            }
            assertThat(tree.get(key)).isEqualTo(twin.get(key));
            if (step % 250 == 0) {
                versions.add(tree);
                twins.add(new TreeMap<>(twin));
            }
        }
        versions.add(tree);
        twins.add(twin);
        for (int i = 0; i < versions.size(); i++) {
            requireEqual(versions.get(i), twins.get(i), random, keys);
        }
    }

    private static KeyTree<Integer> built(SortedMap<String, Integer> from) {
        KeyTree.Builder<Integer> builder = new KeyTree.Builder<>(from.size());
        from.forEach(builder::add);
        return builder.build();
    }

    private static void requireEqual(KeyTree<Integer> tree, SortedMap<String, Integer> twin, Random random, int keys) {
        requireShape(tree.root(), depth(tree.root()));
        requireEqual(tree.asMap(), twin);
        String a = key(random, keys);
        String b = key(random, keys);
        requireEqual(tree.asMap().headMap(a), twin.headMap(a));
        requireEqual(tree.asMap().tailMap(a), twin.tailMap(a));
        String low = KeyOrder.INSTANCE.compare(a, b) < 0 ? a : b;
        String high = low.equals(a) ? b : a;
        SortedMap<String, Integer> part = tree.asMap().subMap(low, high);
        requireEqual(part, twin.subMap(low, high));
        String c = key(random, keys);
        assertThat(part.get(c)).isEqualTo(twin.subMap(low, high).get(c));
        assertThat(part.headMap(c).size()).isBetween(0, part.size());
    }

    private static int depth(KeyTree.Node node) {
        return node.fork ? 1 + depth(node.child(0)) : 0;
    }

    /** All leaves are at one depth, and of each child a fork has the least key and the size. */
    private static void requireShape(KeyTree.Node node, int depth) {
        assertThat(node.fork).isEqualTo(depth > 0);
        assertThat(node.items).hasSameSizeAs(node.keys).hasSizeLessThanOrEqualTo(KeyTree.MAX);
        int size = 0;
        for (int i = 0; i < node.items.length; i++) {
            if (node.fork) {
                assertThat(node.keys[i]).isEqualTo(node.child(i).keys[0]);
                requireShape(node.child(i), depth - 1);
            }
            size += node.fork ? node.child(i).size : 1;
        }
        assertThat(node.size).isEqualTo(size);
    }

    private static void requireEqual(SortedMap<String, Integer> map, SortedMap<String, Integer> twin) {
        assertThat(map.size()).isEqualTo(twin.size());
        assertThat(new ArrayList<>(map.entrySet())).isEqualTo(new ArrayList<>(twin.entrySet()));
        assertThat(map).isEqualTo(twin);
        List<String> visited = new ArrayList<>();
        map.forEach((key, value) -> visited.add(key));
        assertThat(visited).isEqualTo(List.copyOf(twin.keySet()));
        if (twin.isEmpty()) {
            assertThatThrownBy(map::firstKey).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(map::lastKey).isInstanceOf(NoSuchElementException.class);
        } else {
            assertThat(map.firstKey()).isEqualTo(twin.firstKey());
            assertThat(map.lastKey()).isEqualTo(twin.lastKey());
        }
    }

    @Example
    void aChangeSharesAllButItsPath() {
        KeyTree.Builder<Integer> builder = new KeyTree.Builder<>(0);
        for (int i = 0; i < 100_000; i++) {
            builder.add(String.format("%06d", i), i);
        }
        KeyTree<Integer> tree = builder.build();
        assertThat(fresh(tree.root(), tree.with("050000", -1).root())).isLessThanOrEqualTo(4);
        assertThat(fresh(tree.root(), tree.with("0500001", -1).root())).isLessThanOrEqualTo(6);
        assertThat(fresh(tree.root(), tree.without("050000").root())).isLessThanOrEqualTo(4);
    }

    /** Returns how many nodes of the second tree are not in the first. */
    private static int fresh(KeyTree.Node before, KeyTree.Node after) {
        if (before == after) {
            return 0;
        }
        int fresh = 1;
        for (int i = 0; after.fork && i < after.items.length; i++) {
            KeyTree.Node child = after.child(i);
            int at = before.childOf(child.keys[0]);
            fresh += fresh(before.child(at), child);
        }
        return fresh;
    }

    @Example
    void nothingCanBeChanged() {
        SortedMap<String, Integer> map =
                KeyTree.<Integer>empty().with("a", 1).with("b", 2).asMap();
        assertThatThrownBy(() -> map.put("c", 3)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        Map.Entry<String, Integer> first = map.entrySet().iterator().next();
        assertThatThrownBy(() -> first.setValue(9)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.subMap("b", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyTree.Builder<Integer>(2).add("b", 1).add("a", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(map.containsKey("a")).isTrue();
        assertThat(map.containsKey("c")).isFalse();
    }
}
