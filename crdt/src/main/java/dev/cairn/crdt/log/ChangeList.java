package dev.cairn.crdt.log;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import org.jspecify.annotations.Nullable;

/** The changes which touch one document, in ascending order, and where their parts about it start. */
final class ChangeList {
    // Mostly changes follow one another, and a change is about one document:
    //
    //   index    0 1 2 3 | 4 5 | 6        stretches of consecutive changes: their first index and its change
    //   change   7 8 9 10| 15 16| 30
    //   parts               5             the few whose part is not at the start of their change, with its address
    private final EventGraph graph;
    private final IntList stretchIndex = new IntList();
    private final IntList stretchLv = new IntList();
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
            stretchIndex.add(size);
            stretchLv.add(lv);
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

    int size() {
        return size;
    }

    /** Returns the change at an index. */
    int lv(int index) {
        seek(index);
        return stretchLv.get(stretch) + index - stretchIndex.get(stretch);
    }

    /** Moves to the stretch of an index, which mostly is the same as before or the next one. */
    private void seek(int index) {
        if (index >= end(stretch)) {
            stretch++;
        }
        if (index < stretchIndex.get(stretch) || index >= end(stretch)) {
            stretch = stretchIndex.floor(index);
        }
    }

    private int end(int of) {
        return of + 1 < stretchIndex.size() ? stretchIndex.get(of + 1) : size;
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
