package dev.cairn.crdt.immutable;

import dev.cairn.crdt.view.KeyOrder;
import java.util.Arrays;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map from strings, in the order of their UTF-8 bytes: immutable, a changed copy costs O(log n).
 *
 * @param <V> the class of the values
 */
public final class KeyTree<V> {
    // A B+ tree. A changed copy has new nodes on the path from the root to the leaf, all others are shared.
    //
    //   fork   least keys [ "a" "k" "t" ]      leaf   keys   [ "k" "kl" "m" ]
    //          children   [  |   |   |  ]             values [  1   2    3  ]
    //
    // A node has up to MAX items. One with more is split by whoever holds it; neighbours that have a quarter of that
    // together are joined. All leaves are at one depth.
    static final int MAX = 32;

    private static final KeyTree<?> EMPTY = new KeyTree<>(new Node(new String[0], new Object[0], 0, false));

    /** A leaf or a fork; its arrays never change. */
    static final class Node {
        /** The keys, or of each child the least. */
        final String[] keys;

        /** The values, or the children. */
        final Object[] items;

        /** How many values are below. */
        final int size;

        final boolean fork;

        private Node(String[] keys, Object[] items, int size, boolean fork) {
            this.keys = keys;
            this.items = items;
            this.size = size;
            this.fork = fork;
        }

        static Node leaf(String[] keys, Object[] values) {
            return new Node(keys, values, values.length, false);
        }

        static Node fork(String[] keys, Object[] children) {
            int size = 0;
            for (Object child : children) {
                size += ((Node) child).size;
            }
            return new Node(keys, children, size, true);
        }

        Node like(String[] newKeys, Object[] newItems) {
            return fork ? fork(newKeys, newItems) : leaf(newKeys, newItems);
        }

        Node child(int i) {
            return (Node) items[i];
        }

        /** Returns where the key is; the complement of where it would be if it is not there. */
        int find(String key) {
            int low = 0;
            int high = keys.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = KeyOrder.INSTANCE.compare(keys[middle], key);
                if (order == 0) {
                    return middle;
                }
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return ~low;
        }

        /** Returns the child which would hold the key. */
        int childOf(String key) {
            int at = find(key);
            return at >= 0 ? at : Math.max(0, ~at - 1);
        }

        Node replaced(int at, String key, Object item) {
            String[] newKeys = keys.clone();
            Object[] newItems = items.clone();
            newKeys[at] = key;
            newItems[at] = item;
            return like(newKeys, newItems);
        }

        Node inserted(int at, String key, Object item) {
            String[] newKeys = Arrays.copyOf(keys, keys.length + 1);
            Object[] newItems = Arrays.copyOf(items, items.length + 1);
            System.arraycopy(keys, at, newKeys, at + 1, keys.length - at);
            System.arraycopy(items, at, newItems, at + 1, items.length - at);
            newKeys[at] = key;
            newItems[at] = item;
            return like(newKeys, newItems);
        }

        Node removed(int at) {
            String[] newKeys = Arrays.copyOf(keys, keys.length - 1);
            Object[] newItems = Arrays.copyOf(items, items.length - 1);
            System.arraycopy(keys, at + 1, newKeys, at, newKeys.length - at);
            System.arraycopy(items, at + 1, newItems, at, newItems.length - at);
            return like(newKeys, newItems);
        }

        Node part(int from, int to) {
            return like(Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(items, from, to));
        }

        Node joined(Node next) {
            String[] newKeys = Arrays.copyOf(keys, keys.length + next.keys.length);
            Object[] newItems = Arrays.copyOf(items, items.length + next.items.length);
            System.arraycopy(next.keys, 0, newKeys, keys.length, next.keys.length);
            System.arraycopy(next.items, 0, newItems, items.length, next.items.length);
            return like(newKeys, newItems);
        }
    }

    private final Node root;

    private KeyTree(Node root) {
        this.root = root;
    }

    /** Returns the map without any key. */
    @SuppressWarnings("unchecked")
    public static <V> KeyTree<V> empty() {
        return (KeyTree<V>) EMPTY;
    }

    /** Collects entries in ascending order of their keys, which is cheaper than one changed copy after another. */
    public static final class Builder<V> {
        private String[] keys;
        private Object[] items;
        private int size;

        /** Returns a builder for about that many entries. */
        public Builder(int expected) {
            keys = new String[Math.max(8, expected)];
            items = new Object[keys.length];
        }

        /**
         * Adds an entry.
         *
         * @throws IllegalArgumentException if the key is not behind the one before
         */
        public Builder<V> add(String key, V value) {
            if (size > 0 && KeyOrder.INSTANCE.compare(keys[size - 1], key) >= 0) {
                throw new IllegalArgumentException(
                        "keys must ascend, found \"" + key + "\" behind \"" + keys[size - 1] + "\"");
            }
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
                items = Arrays.copyOf(items, 2 * size);
            }
            keys[size] = key;
            items[size++] = value;
            return this;
        }

        /** Returns the map; the builder must not be used again. */
        public KeyTree<V> build() {
            if (size == 0) {
                return empty();
            }
            boolean fork = false;
            do {
                pack(fork);
                fork = true;
            } while (size > 1);
            return new KeyTree<>((Node) items[0]);
        }

        /** Puts all items into nodes, three quarters full, which become the items. */
        private void pack(boolean fork) {
            int nodes = (size + MAX * 3 / 4 - 1) / (MAX * 3 / 4);
            for (int i = 0; i < nodes; i++) {
                int from = (int) ((long) size * i / nodes);
                int to = (int) ((long) size * (i + 1) / nodes);
                String[] someKeys = Arrays.copyOfRange(keys, from, to);
                Object[] some = Arrays.copyOfRange(items, from, to);
                keys[i] = someKeys[0];
                items[i] = fork ? Node.fork(someKeys, some) : Node.leaf(someKeys, some);
            }
            size = nodes;
        }
    }

    /** Returns how many keys there are. */
    public int size() {
        return root.size;
    }

    /** Returns the value of a key, or null. */
    @SuppressWarnings("unchecked")
    public @Nullable V get(String key) {
        Node node = root;
        while (node.fork) {
            node = node.child(node.childOf(key));
        }
        int at = node.find(key);
        return at < 0 ? null : (V) node.items[at];
    }

    /** Returns the map in which that key has that value. */
    public KeyTree<V> with(String key, V value) {
        Node changed = with(root, key, value);
        if (changed.keys.length > MAX) {
            int half = changed.keys.length / 2;
            Node left = changed.part(0, half);
            Node right = changed.part(half, changed.keys.length);
            changed = Node.fork(new String[] {left.keys[0], right.keys[0]}, new Object[] {left, right});
        }
        return new KeyTree<>(changed);
    }

    private static Node with(Node node, String key, Object value) {
        if (!node.fork) {
            int at = node.find(key);
            return at >= 0 ? node.replaced(at, key, value) : node.inserted(~at, key, value);
        }
        int at = node.childOf(key);
        Node child = with(node.child(at), key, value);
        if (child.keys.length <= MAX) {
            return node.replaced(at, child.keys[0], child);
        }
        int half = child.keys.length / 2;
        Node right = child.part(half, child.keys.length);
        return node.inserted(at + 1, right.keys[0], right).replaced(at, child.keys[0], child.part(0, half));
    }

    /** Returns the map without that key. */
    public KeyTree<V> without(String key) {
        if (get(key) == null) {
            return this;
        }
        Node changed = without(root, key);
        while (changed.fork && changed.keys.length == 1) {
            changed = changed.child(0);
        }
        return changed.size == 0 ? empty() : new KeyTree<>(changed);
    }

    private static Node without(Node node, String key) {
        if (!node.fork) {
            return node.removed(node.find(key));
        }
        int at = node.childOf(key);
        Node child = without(node.child(at), key);
        if (child.keys.length == 0) {
            return node.removed(at);
        }
        Node changed = node.replaced(at, child.keys[0], child);
        return joined(joined(changed, at), at - 1);
    }

    /** Joins a child to the next one if both are small. */
    private static Node joined(Node fork, int at) {
        if (at < 0 || at + 1 >= fork.keys.length) {
            return fork;
        }
        Node child = fork.child(at);
        Node next = fork.child(at + 1);
        if (child.keys.length + next.keys.length > MAX / 4) {
            return fork;
        }
        return fork.removed(at + 1).replaced(at, child.keys[0], child.joined(next));
    }

    /** Returns an unmodifiable view as a sorted map. */
    public SortedMap<String, V> asMap() {
        return new KeyTreeMap<>(this, 0, size());
    }

    Node root() {
        return root;
    }

    /** Returns how many keys are before that one. */
    int rank(String key) {
        int rank = 0;
        Node node = root;
        while (node.fork) {
            int at = node.childOf(key);
            for (int i = 0; i < at; i++) {
                rank += node.child(i).size;
            }
            node = node.child(at);
        }
        int at = node.find(key);
        return rank + (at >= 0 ? at : ~at);
    }
}
