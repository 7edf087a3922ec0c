package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.KeyHash;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.immutable.KeyTree;
import dev.cairn.crdt.view.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map or a register, which is a map whose only key is empty: entries by the bytes of their keys, in an
 * open-addressing table.
 */
public final class MapContainer extends Container {
    /** The key of a register. */
    public static final byte[] NO_KEY = {};

    private @Nullable Entry[] table = new @Nullable Entry[2];
    private int size;

    // the key which an editor named last, and is likely to name again
    private String lastName = "";
    private @Nullable Entry lastNamed;

    /** All entries in the order of their keys' bytes, until a key is added. */
    private Entry @Nullable [] sorted;

    /** What was shown last, if anything; entries which may look different since then are touched. */
    @Nullable
    KeyTree<Node> tree;

    private List<Entry> touched = List.of();

    /** The entries in which conflicts may be; none of them twice. */
    private List<Entry> suspects = List.of();

    MapContainer(Origin origin, ContainerType type, int index) {
        super(origin, type, index);
    }

    /** Returns the entry of a key, or null. */
    public @Nullable Entry find(byte[] bytes, int start, int length) {
        return table[slotOf(bytes, start, length, KeyHash.of(bytes, start, length))];
    }

    /** Returns what is shown under a key: the address of a scalar, or the complement of a container's index. */
    public @Nullable Integer shown(EventGraph graph, byte[] key) {
        Entry entry = find(key, 0, key.length);
        return entry == null || entry.count() == 0 ? null : entry.content(entry.winner(graph));
    }

    /** Notes that what is shown under a key may be another. */
    void touch(Entry entry) {
        if (tree != null && !entry.touched) {
            entry.touched = true;
            if (touched.isEmpty()) {
                touched = new ArrayList<>(4);
            }
            touched.add(entry);
        }
    }

    /** Returns the entries which may look different from what was shown last. */
    public List<Entry> touched() {
        return touched;
    }

    /** Keeps what is shown now. */
    public void keep(KeyTree<Node> shown) {
        tree = shown;
        touched.forEach(entry -> entry.touched = false);
        touched = List.of();
    }

    @Override
    void changedInside(Container container) {
        if (container.entry != null) {
            touch(container.entry);
        }
    }

    @Override
    void suspect(Container container) {
        if (container.entry != null) {
            suspect(container.entry);
        }
    }

    /** Notes that there may be a conflict in an entry, or inside of it. */
    public void suspect(Entry entry) {
        if (!entry.suspect) {
            entry.suspect = true;
            if (suspects.isEmpty()) {
                suspects = new ArrayList<>(4);
            }
            suspects.add(entry);
        }
    }

    /** Returns the suspected entries in the order of their keys, and suspects none any more. */
    public List<Entry> takeSuspects() {
        List<Entry> taken = suspects;
        suspects = List.of();
        taken.forEach(entry -> entry.suspect = false);
        if (taken.size() > 1) {
            taken.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
        }
        return taken;
    }

    private int slotOf(byte[] bytes, int start, int length, int hash) {
        int mask = table.length - 1;
        int i = hash & mask;
        while (true) {
            Entry entry = table[i];
            if (entry == null
                    || (entry.hash == hash
                            && Arrays.equals(entry.key, 0, entry.key.length, bytes, start, start + length))) {
                return i;
            }
            i = (i + 1) & mask;
        }
    }

    /** Returns the entry of a key, added if it is new. */
    public Entry findOrAdd(byte[] bytes, int start, int length) {
        int hash = KeyHash.of(bytes, start, length);
        int slot = slotOf(bytes, start, length, hash);
        Entry found = table[slot];
        if (found != null) {
            return found;
        }
        Entry entry = new Entry(Arrays.copyOfRange(bytes, start, start + length), hash);
        table[slot] = entry;
        sorted = null;
        size++;
        if (size * 2 > table.length) {
            grow();
        }
        return entry;
    }

    /** Returns the entry of a key, added if it is new. */
    public Entry findOrAdd(String key) {
        Entry known = lastNamed;
        if (known == null || !key.equals(lastName)) {
            byte[] bytes = Utf8.name(key);
            known = findOrAdd(bytes, 0, bytes.length);
            lastNamed = known;
            lastName = key;
        }
        return known;
    }

    private void grow() {
        @Nullable Entry[] old = table;
        table = new @Nullable Entry[old.length * 2];
        int mask = table.length - 1;
        for (Entry entry : old) {
            if (entry != null) {
                int i = entry.hash & mask;
                while (table[i] != null) {
                    i = (i + 1) & mask;
                }
                table[i] = entry;
            }
        }
    }

    /** Returns the entries in the order of their keys' bytes; the array must not be changed. */
    public Entry[] sorted() {
        Entry[] known = sorted;
        if (known != null) {
            return known;
        }
        Entry[] entries = new Entry[size];
        int i = 0;
        for (Entry entry : table) {
            if (entry != null) {
                entries[i++] = entry;
            }
        }
        Arrays.sort(entries, (a, b) -> Arrays.compareUnsigned(a.key, b.key));
        sorted = entries;
        return entries;
    }

    /** Returns what was shown last, if anything. */
    public @Nullable KeyTree<Node> tree() {
        return tree;
    }
}
