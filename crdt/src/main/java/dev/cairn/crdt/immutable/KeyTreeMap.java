package dev.cairn.crdt.immutable;

import dev.cairn.crdt.view.KeyOrder;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The part of a {@link KeyTree} between two ranks, as an unmodifiable sorted map. */
@SuppressWarnings("JdkObsolete") // views promise a SortedMap and no more
final class KeyTreeMap<V> extends AbstractMap<String, V> implements SortedMap<String, V> {
    private final KeyTree<V> tree;
    private final int from;
    private final int to;

    KeyTreeMap(KeyTree<V> tree, int from, int to) {
        this.tree = tree;
        this.from = from;
        this.to = Math.max(from, to);
    }

    /** Goes through the entries from one rank to another, leaf by leaf. */
    private final class Entries implements Iterator<Map.Entry<String, V>> {
        private KeyTree.Node leaf = tree.root();
        private int at;
        private int rank = from;

        private Entries() {
            if (rank < to) {
                seek();
            }
        }

        private void seek() {
            leaf = tree.root();
            at = rank;
            while (leaf.fork) {
                int child = 0;
                while (at >= leaf.child(child).size) {
                    at -= leaf.child(child++).size;
                }
                leaf = leaf.child(child);
            }
        }

        @Override
        public boolean hasNext() {
            return rank < to;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Map.Entry<String, V> next() {
            if (rank >= to) {
                throw new NoSuchElementException();
            }
            if (at == leaf.size) {
                seek();
            }
            rank++;
            return Map.entry(leaf.keys[at], (V) leaf.items[at++]);
        }
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return to - from;
            }
        };
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        new Entries().forEachRemaining(entry -> action.accept(entry.getKey(), entry.getValue()));
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        if (!(key instanceof String string)) {
            return null;
        }
        V value = tree.get(string);
        boolean whole = from == 0 && to == tree.size();
        return value == null || whole || isInside(tree.rank(string)) ? value : null;
    }

    private boolean isInside(int rank) {
        return rank >= from && rank < to;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public Comparator<? super String> comparator() {
        return KeyOrder.INSTANCE;
    }

    @Override
    public SortedMap<String, V> subMap(String fromKey, String toKey) {
        if (KeyOrder.INSTANCE.compare(fromKey, toKey) > 0) {
            throw new IllegalArgumentException("\"" + fromKey + "\" is behind \"" + toKey + "\"");
        }
        return part(tree.rank(fromKey), tree.rank(toKey));
    }

    @Override
    public SortedMap<String, V> headMap(String toKey) {
        return part(from, tree.rank(toKey));
    }

    @Override
    public SortedMap<String, V> tailMap(String fromKey) {
        return part(tree.rank(fromKey), to);
    }

    private SortedMap<String, V> part(int start, int end) {
        int first = Math.min(Math.max(from, start), to);
        return new KeyTreeMap<>(tree, first, Math.min(to, end));
    }

    @Override
    public String firstKey() {
        return new Entries().next().getKey();
    }

    @Override
    public String lastKey() {
        return new KeyTreeMap<>(tree, Math.max(from, to - 1), to).firstKey();
    }
}
