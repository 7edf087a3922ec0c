package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.graph.EventGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One key of a map: the assignments that nothing has superseded, and the containers derived from it. */
final class Entry {
    private static final int[] NONE = {};

    final byte[] key;
    final int hash;

    // the first assignment in place, all others in triples (lv, index, content)
    int count;
    private int lv;
    private int opIndex;
    private int content;
    private int[] others = NONE;

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
    boolean unsearched;

    Entry(byte[] key, int hash) {
        this.key = key;
        this.hash = hash;
    }

    /** Returns the container of that type and base which was derived from this key, if any. */
    @Nullable
    Container find(ContainerType type, @Nullable OpId base) {
        for (int i = 0; i < derived.size(); i++) {
            Container container = derived.get(i);
            if (container.type == type && Objects.equals(container.base, base)) {
                return container;
            }
        }
        return null;
    }

    void addDerived(Container container) {
        if (derived.isEmpty()) {
            derived = new ArrayList<>(1);
        }
        derived.add(container);
    }

    int lv(int i) {
        return i == 0 ? lv : others[3 * i - 3];
    }

    int opIndex(int i) {
        return i == 0 ? opIndex : others[3 * i - 2];
    }

    /** Returns what was assigned: the address of a scalar, or the complement of a container's index. */
    int content(int i) {
        return i == 0 ? content : others[3 * i - 1];
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
    void supersede(EventGraph graph, int byLv) {
        if (count == 0) {
            return;
        }
        int run = graph.runOf(byLv);
        if (graph.runDominates(run) || lv < 0) {
            count = 0;
            return;
        }
        // local versions ascend: | <= the newest parent: ask | newer than any parent: stay | of this run: go |
        int open = countUpTo(graph.newestParent(run));
        int own = count;
        while (own > open && lv(own - 1) >= graph.runStart(run)) {
            own--;
        }
        int kept = 0;
        for (int i = 0; i < open; i++) {
            if (!graph.inPast(lv(i), byLv)) {
                set(kept++, lv(i), opIndex(i), content(i));
            }
        }
        if (kept < open) {
            for (int i = open; i < own; i++) {
                set(kept++, lv(i), opIndex(i), content(i));
            }
            count = kept;
        } else {
            count = own;
        }
    }

    /** Returns how many assignments are of changes up to that one. */
    private int countUpTo(int last) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lv(middle) <= last) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void add(int newLv, int newIndex, int newContent) {
        if (count > 0 && others.length < 3 * count) {
            others = Arrays.copyOf(others, Math.max(3, 6 * count));
        }
        set(count++, newLv, newIndex, newContent);
    }

    private void set(int i, int newLv, int newIndex, int newContent) {
        if (i == 0) {
            lv = newLv;
            opIndex = newIndex;
            content = newContent;
        } else {
            others[3 * i - 3] = newLv;
            others[3 * i - 2] = newIndex;
            others[3 * i - 1] = newContent;
        }
    }

    void replacedBy(EventGraph graph, int byLv, int byIndex) {
        int order = replaced ? graph.compare(byLv, replacedLv) : 1;
        if (order > 0 || (order == 0 && byIndex > replacedIndex)) {
            replaced = true;
            replacedLv = byLv;
            replacedIndex = byIndex;
        }
    }

    /** Returns which assignment is shown. */
    int winner(EventGraph graph) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (compare(graph, i, best) > 0) {
                best = i;
            }
        }
        return best;
    }

    int compare(EventGraph graph, int a, int b) {
        int order = graph.compare(lv(a), lv(b));
        return order != 0 ? order : Integer.compare(opIndex(a), opIndex(b));
    }

    /** Returns the assignments, greatest first, of several which name one container only the greatest. */
    int[] distinct(EventGraph graph) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> compare(graph, b, a));
        int[] kept = new int[count];
        int size = 0;
        for (int candidate : order) {
            boolean repeated = false;
            for (int i = 0; i < size && content(candidate) < 0; i++) {
                repeated |= content(kept[i]) == content(candidate);
            }
            if (!repeated) {
                kept[size++] = candidate;
            }
        }
        return Arrays.copyOf(kept, size);
    }
}
