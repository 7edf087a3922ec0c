package dev.cairn.crdt.history;

import dev.cairn.crdt.view.KeyOrder;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who made what is shown in one container. */
public sealed interface Blame {
    /**
     * A text or a list.
     *
     * @param runs all of it from beginning to end; no two neighbours are of one change
     */
    record OfSequence(List<Run> runs) implements Blame {
        public OfSequence {
            runs = List.copyOf(runs);
        }
    }

    /**
     * A map; a register, whose only key is empty; or a tree, whose keys are the names of its nodes.
     *
     * @param entries by key, in the order of their UTF-8 bytes: which change assigned what is shown, or
     *     made the node
     */
    record OfMap(SortedMap<String, Origin> entries) implements Blame {
        public OfMap {
            SortedMap<String, Origin> copy = new TreeMap<>(KeyOrder.INSTANCE);
            copy.putAll(entries);
            entries = Collections.unmodifiableSortedMap(copy);
        }
    }

    /**
     * A counter.
     *
     * @param shares every change which added to it, oldest first
     */
    record OfCounter(List<Share> shares) implements Blame {
        public OfCounter {
            shares = List.copyOf(shares);
        }
    }

    /**
     * A stretch which one change inserted.
     *
     * @param start where it starts: in UTF-16 code units, or the index of an element
     * @param end where it ends, exclusive
     * @param origin the change; for text that was taken back and came again the one which inserted it first
     */
    record Run(int start, int end, Origin origin) {}

    /**
     * What one change added to a counter.
     *
     * @param delta the sum of its increments
     * @param origin the change
     */
    record Share(long delta, Origin origin) {}
}
