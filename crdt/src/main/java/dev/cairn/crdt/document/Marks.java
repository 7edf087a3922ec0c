package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.sequence.AnchorSide;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All marks that were ever made on a text, in columns (SPEC 12.7). A mark is two anchors in the text's sequence: those
 * of mark {@code m} have the units {@code ~(2 * m)} and {@code ~(2 * m + 1)}.
 */
public final class Marks {
    private final IntList lv = new IntList();
    private final IntList index = new IntList();
    private final IntList address = new IntList();
    private final IntList flags = new IntList();
    private final List<String> keys = new ArrayList<>();

    // views have this array; what is behind their marks may be filled in, the marks themselves never change
    private @Nullable ShownMark[] shown = {};
    private int shownCount;

    /** Adds a mark with the address of its value and returns its number. */
    int add(int byLv, int byIndex, String key, int value, int expands) {
        lv.add(byLv);
        index.add(byIndex);
        keys.add(key);
        address.add(value);
        flags.add(expands);
        return keys.size() - 1;
    }

    /** Returns how many marks there ever were. */
    public int size() {
        return keys.size();
    }

    /** Returns what each mark shows, by its number. */
    public @Nullable ShownMark[] shown(Document document) {
        int size = size();
        if (size > shown.length) {
            shown = Arrays.copyOf(shown, Math.max(size, 2 * shown.length));
        }
        for (; shownCount < size; shownCount++) {
            shown[shownCount] = shown(document, shownCount);
        }
        return shown;
    }

    private ShownMark shown(Document document, int mark) {
        Value value = ValueCodec.read(document.log.array(address(mark)), document.log.offset(address(mark)));
        EventGraph graph = document.graph;
        return new ShownMark(
                key(mark),
                value.equals(Value.NULL) ? null : value,
                graph.lamport(lv(mark)),
                graph.actorId(graph.actorOf(lv(mark))),
                index(mark),
                Expand.of((flags(mark) & Layout.EXPANDS_BEFORE) != 0, (flags(mark) & Layout.EXPANDS_AFTER) != 0));
    }

    /** Returns the unit of the anchor where a mark starts. */
    public static int start(int mark) {
        return ~(2 * mark);
    }

    /** Returns the unit of the anchor where a mark ends. */
    public static int end(int mark) {
        return ~(2 * mark + 1);
    }

    /** Returns the mark of an anchor. */
    public static int markOf(int unit) {
        return ~unit >>> 1;
    }

    /** Tells whether a mark starts at an anchor. */
    public static boolean isStart(int unit) {
        return (~unit & 1) == 0;
    }

    /** Returns the change which made a mark. */
    public int lv(int mark) {
        return lv.get(mark);
    }

    /** Returns which operation of its change a mark is. */
    public int index(int mark) {
        return index.get(mark);
    }

    /** Returns the key of a mark. */
    public String key(int mark) {
        return keys.get(mark);
    }

    /** Returns the address of a mark's value. */
    public int address(int mark) {
        return address.get(mark);
    }

    /** Returns how a mark expands, as the encoding has it. */
    public int flags(int mark) {
        return flags.get(mark);
    }

    /** Returns to which side an anchor clings, so that text inserted at the edge is marked if the mark expands. */
    AnchorSide side(int unit) {
        int expands = flags.get(markOf(unit));
        boolean left = isStart(unit) ? (expands & Layout.EXPANDS_BEFORE) != 0 : (expands & Layout.EXPANDS_AFTER) == 0;
        return left ? AnchorSide.LEFT : AnchorSide.RIGHT;
    }

    /** Compares two marks of one key: the greater one counts where both are. */
    public int compare(EventGraph graph, int a, int b) {
        int order = graph.compare(lv(a), lv(b));
        return order != 0 ? order : Integer.compare(index(a), index(b));
    }
}
