package dev.cairn.crdt.log;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The changes which touch one document, in ascending order, and where their parts about it start. */
final class ChangeList {
    // Mostly changes follow one another, and a change is about one document:
    //
    //   index    0 1 2 3 | 4 5 | 6        stretches of consecutive changes: their first index and its change,
    //   change   7 8 9 10| 15 16| 30      one pair behind the other: 0 7 4 15 6 30
    //   parts               5             the few whose part is not at the start of their change, with its address
    private static final int[] NONE = {};

    private final EventGraph graph;
    private int[] stretches = NONE;
    private int stretchCount;
    private @Nullable IntList partIndex;
    private @Nullable IntList partAddress;
    private int size;
    private int lastLv = Integer.MIN_VALUE;

    /** The stretch that was asked for last. */
    private int stretch;

    ChangeList(EventGraph graph) {
        this.graph = graph;
    }

    void add(int lv, int address) {
        if (lv != lastLv + 1) {
            begin(lv);
        }
        if (address != graph.operationsAddress(lv)) {
            if (partIndex == null || partAddress == null) {
                partIndex = new IntList();
                partAddress = new IntList();
            }
            partIndex.add(size);
            partAddress.add(address);
        }
        lastLv = lv;
        size++;
    }

    private void begin(int lv) {
        if (2 * stretchCount == stretches.length) {
            // most lists are short, and there is one for every document
            int more = stretchCount < 8 ? Math.max(1, stretchCount) : stretchCount / 2;
            stretches = Arrays.copyOf(stretches, 2 * (stretchCount + more));
        }
        stretches[2 * stretchCount] = size;
        stretches[2 * stretchCount + 1] = lv;
        stretchCount++;
    }

    int size() {
        return size;
    }

    /** Returns the change at an index. */
    int lv(int index) {
        seek(index);
        return stretches[2 * stretch + 1] + index - start(stretch);
    }

    /** Moves to the stretch of an index, which mostly is the same as before or the next one. */
    private void seek(int index) {
        if (index >= end(stretch)) {
            stretch++;
        }
        if (index < start(stretch) || index >= end(stretch)) {
            stretch = find(index);
        }
    }

    private int find(int index) {
        int low = 0;
        int high = stretchCount - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (start(middle) <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private int start(int of) {
        return stretches[2 * of];
    }

    private int end(int of) {
        return of + 1 < stretchCount ? start(of + 1) : size;
    }

    /** Returns where the part of the change at an index starts. */
    int address(int index) {
        if (partIndex == null || partAddress == null) {
            return graph.operationsAddress(lv(index));
        }
        int part = partIndex.floor(index);
        return part >= 0 && partIndex.get(part) == index ? partAddress.get(part) : graph.operationsAddress(lv(index));
    }
}
