package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.sequence.AnchorSide;
import java.util.ArrayList;
import java.util.List;

/**
 * All marks that were ever made on a text, in columns (SPEC 12.7). A mark is two anchors in the text's sequence: those
 * of mark {@code m} have the units {@code ~(2 * m)} and {@code ~(2 * m + 1)}.
 */
final class Marks {
    private final IntList lv = new IntList();
    private final IntList index = new IntList();
    private final IntList address = new IntList();
    private final IntList flags = new IntList();
    private final List<String> keys = new ArrayList<>();

    /** Adds a mark with the address of its value and returns its number. */
    int add(int byLv, int byIndex, String key, int value, int expands) {
        lv.add(byLv);
        index.add(byIndex);
        keys.add(key);
        address.add(value);
        flags.add(expands);
        return keys.size() - 1;
    }

    int size() {
        return keys.size();
    }

    static int start(int mark) {
        return ~(2 * mark);
    }

    static int end(int mark) {
        return ~(2 * mark + 1);
    }

    /** Returns the mark of an anchor. */
    static int markOf(int unit) {
        return ~unit >>> 1;
    }

    static boolean isStart(int unit) {
        return (~unit & 1) == 0;
    }

    /** Returns the change which made a mark. */
    int lv(int mark) {
        return lv.get(mark);
    }

    int index(int mark) {
        return index.get(mark);
    }

    String key(int mark) {
        return keys.get(mark);
    }

    /** Returns the address of a mark's value. */
    int address(int mark) {
        return address.get(mark);
    }

    int flags(int mark) {
        return flags.get(mark);
    }

    /** Returns to which side an anchor clings, so that text inserted at the edge is marked if the mark expands. */
    AnchorSide side(int unit) {
        int expands = flags.get(markOf(unit));
        boolean left = isStart(unit) ? (expands & Layout.EXPANDS_BEFORE) != 0 : (expands & Layout.EXPANDS_AFTER) == 0;
        return left ? AnchorSide.LEFT : AnchorSide.RIGHT;
    }

    /** Compares two marks of one key: the greater one counts where both are. */
    int compare(EventGraph graph, int a, int b) {
        int order = graph.compare(lv(a), lv(b));
        return order != 0 ? order : Integer.compare(index(a), index(b));
    }
}
