package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.graph.EventGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One key of a map: the assignments that nothing has superseded, and the containers derived from it. */
public final class Entry {
    final byte[] key;
    final int hash;

    // one assignment is in place; when there are more, all of them are among the rivals
    private int count;
    private int lv;
    private int opIndex;
    private int content;
    private @Nullable Rivals rivals;

    /** The greatest assignment or removal, if any. */
    boolean replaced;

    int replacedLv;
    int replacedIndex;

    List<Container> derived = List.of();

    /** Whether its map is to show it anew. */
    boolean touched;

    /** Whether its map suspects a conflict here. */
    boolean suspect;

    /** Whether what it shows may have been hidden while conflicts inside were searched for. */
    private boolean unsearched;

    Entry(byte[] key, int hash) {
        this.key = key;
        this.hash = hash;
    }

    /** Returns the entry of a register to which nothing was assigned. */
    public static Entry ofRegister() {
        return new Entry(MapContainer.NO_KEY, 0);
    }

    /** Returns an entry of the same key to which nothing was assigned. */
    public Entry blank() {
        return new Entry(key, hash);
    }

    /** Returns the container of that type and base which was derived from this key, if any. */
    public @Nullable Container find(ContainerType type, @Nullable OpId base) {
        for (int i = 0; i < derived.size(); i++) {
            Container container = derived.get(i);
            if (container.type == type && Objects.equals(container.base, base)) {
                return container;
            }
        }
        return null;
    }

    /** Notes that it may show what was hidden while conflicts were searched for. */
    void unsearched() {
        unsearched = true;
    }

    /** Tells whether it may show what was hidden, and notes that it is being searched. */
    public boolean takeUnsearched() {
        boolean was = unsearched;
        unsearched = false;
        return was;
    }

    void addDerived(Container container) {
        if (derived.isEmpty()) {
            derived = new ArrayList<>(1);
        }
        derived.add(container);
    }

    /** Returns how many assignments nothing has superseded. */
    public int count() {
        return count;
    }

    private Rivals rivals() {
        if (rivals == null) {
            throw new IllegalStateException("several assignments and no rivals");
        }
        return rivals;
    }

    /** Returns the change of an assignment that nothing has superseded. */
    public int lv(int i) {
        return count == 1 ? lv : rivals().lv(i);
    }

    /** Returns which operation of its change an assignment is. */
    public int opIndex(int i) {
        return count == 1 ? opIndex : rivals().opIndex(i);
    }

    /** Returns what was assigned: the address of a scalar, or the complement of a container's index. */
    public int content(int i) {
        return count == 1 ? content : rivals().content(i);
    }

    /** Tells whether there is an assignment which is not of that change. */
    boolean isHeldByOthersThan(int change) {
        return count > 1 || (count == 1 && lv != change);
    }

    boolean holds(int container) {
        for (int i = 0; i < count; i++) {
            if (content(i) == ~container) {
                return true;
            }
        }
        return false;
    }

    /** Takes away the assignments in the past of that change. */
    public void supersede(EventGraph graph, int byLv) {
        if (count == 0) {
            return;
        }
        boolean all = graph.runDominates(graph.runOf(byLv))
                || (count == 1 ? graph.inPast(lv, byLv) : rivals().areBelowBase());
        if (all) {
            count = 0;
            if (rivals != null) {
                rivals.clear();
            }
        } else if (count > 1) {
            rivals().supersede(graph, byLv);
            keep();
        }
    }

    /** Has what is left of several. */
    private void keep() {
        Rivals left = rivals();
        count = left.count();
        if (count == 1) {
            lv = left.lv(0);
            opIndex = left.opIndex(0);
            content = left.content(0);
            left.clear();
        }
    }

    /** Adds an assignment of a content. */
    public void add(EventGraph graph, int newLv, int newIndex, int newContent) {
        if (count == 0) {
            lv = newLv;
            opIndex = newIndex;
            content = newContent;
        } else {
            if (rivals == null) {
                rivals = new Rivals();
            }
            if (count == 1) {
                rivals.add(graph, lv, opIndex, content);
            }
            rivals.add(graph, newLv, newIndex, newContent);
        }
        count++;
    }

    /** Notes an assignment or removal, which may be the greatest. */
    public void replacedBy(EventGraph graph, int byLv, int byIndex) {
        int order = replaced ? graph.compare(byLv, replacedLv) : 1;
        if (order > 0 || (order == 0 && byIndex > replacedIndex)) {
            replaced = true;
            replacedLv = byLv;
            replacedIndex = byIndex;
        }
    }

    /** Returns which assignment is shown. */
    public int winner(EventGraph graph) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (compare(graph, i, best) > 0) {
                best = i;
            }
        }
        return best;
    }

    /** Compares two assignments: the greatest is shown. */
    public int compare(EventGraph graph, int a, int b) {
        int order = graph.compare(lv(a), lv(b));
        return order != 0 ? order : Integer.compare(opIndex(a), opIndex(b));
    }

    /** Returns the assignments, greatest first, of several which name one container only the greatest. */
    public int[] distinct(EventGraph graph) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> compare(graph, b, a));
        int[] kept = new int[count];
        int size = 0;
        Set<Integer> containers = new HashSet<>();
        for (int candidate : order) {
            if (content(candidate) >= 0 || containers.add(content(candidate))) {
                kept[size++] = candidate;
            }
        }
        return Arrays.copyOf(kept, size);
    }

    /** Returns the bytes of the key, which must not be changed. */
    public byte[] key() {
        return key;
    }

    /** Returns the containers which were ever derived from it. */
    public List<Container> derived() {
        return derived;
    }

    /** Tells whether anything was ever assigned or removed. */
    public boolean replaced() {
        return replaced;
    }

    /** Returns the change of the greatest assignment or removal. */
    public int replacedLv() {
        return replacedLv;
    }

    /** Returns which operation of its change the greatest assignment or removal is. */
    public int replacedIndex() {
        return replacedIndex;
    }
}
