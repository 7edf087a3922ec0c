package dev.cairn.crdt.reversal;

import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.document.Marks;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.editing.OfText;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.lineage.Past;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Takes back the marks which a change made on a text, or makes them again: at each character that nobody re-marked, and
 * under every key at those which come back.
 */
final class MarkReversal {
    private final Reversing reversing;
    private final Past past;
    private final SequenceContainer text;
    private final OfText editor;
    private final Marks marks;
    private final CanonicalOrder order;

    // by character of the text as it is now: the unit it is, or stands for, by its index in the order; and where it is
    private final int[] units;
    private final int[] starts;
    private final boolean[] isBack;
    private final boolean anyIsBack;

    /**
     * Prepares.
     *
     * @param order all units of the text
     * @param shown the units of the text as it is now, or for which they stand
     * @param revived those which have just come back
     */
    MarkReversal(
            Reversing reversing,
            SequenceContainer text,
            SequenceContainer live,
            Marks marks,
            CanonicalOrder order,
            IntList shown,
            Set<Integer> revived) {
        this.reversing = reversing;
        this.past = reversing.past();
        this.text = text;
        this.editor = new OfText(reversing.editing(), live);
        this.marks = marks;
        this.order = order;
        int[] indexes = new int[past.units(text).operations()];
        for (int i = 0; i < order.size(); i++) {
            indexes[order.unit(i)] = i;
        }
        this.units = new int[shown.size()];
        this.starts = new int[shown.size() + 1];
        this.isBack = new boolean[shown.size()];
        this.anyIsBack = !revived.isEmpty();
        for (int i = 0; i < units.length; i++) {
            units[i] = indexes[shown.get(i)];
            isBack[i] = revived.contains(shown.get(i));
            starts[i + 1] = starts[i] + Character.charCount(past.journal().content(text, shown.get(i)));
        }
    }

    /** Marks what is to be marked otherwise; returns whether all that the change marked is as it is to be. */
    boolean apply() {
        boolean all = true;
        for (String key : keys()) {
            all &= apply(key);
        }
        return all;
    }

    /** Returns the keys of the marks which the change made; of all marks, if characters have come back. */
    private SortedSet<String> keys() {
        SortedSet<String> keys = new TreeSet<>(KeyOrder.INSTANCE);
        for (int i = 0; i < marks.size(); i++) {
            if (anyIsBack || marks.lv(i) == reversing.changeLv()) {
                keys.add(marks.key(i));
            }
        }
        return keys;
    }

    private boolean apply(String key) {
        int[] before = MarkCover.of(past, text, order, key, reversing::countsBefore);
        int[] after = MarkCover.of(past, text, order, key, reversing::countsAfter);
        int[] own = MarkCover.of(past, text, order, key, lv -> lv == reversing.changeLv());
        int[] deciding = reversing.again() ? after : before;
        Value[] shown = shown(key);
        boolean all = true;
        int from = 0;
        for (int i = 0; i <= units.length; i++) {
            boolean goesOn = i > from
                    && i < units.length
                    && wanted(i, shown, before, after)
                    && wanted(from, shown, before, after)
                    && after[units[i]] == after[units[from]]
                    && flags(before, after, i) == flags(before, after, from);
            if (!goesOn) {
                if (from < i && wanted(from, shown, before, after)) {
                    mark(from, i, key, value(after[units[from]]), flags(before, after, from));
                }
                from = i;
            }
            if (i < units.length && own[units[i]] != MarkCover.NONE) {
                boolean decides = marks.lv(deciding[units[i]]) == reversing.changeLv();
                boolean right = wanted(i, shown, before, after) || shown[i].equals(value(after[units[i]]));
                all &= decides && right;
            }
        }
        return all;
    }

    /** Tells whether a character is to be marked otherwise, and is as before, or has come back. */
    private boolean wanted(int i, Value[] shown, int[] before, int[] after) {
        Value expected = isBack[i] ? shown[i] : value(before[units[i]]);
        return shown[i].equals(expected) && !expected.equals(value(after[units[i]]));
    }

    /** Returns how the mark expands which is to be made: as the one it stands for, or the one it takes back. */
    private int flags(int[] before, int[] after, int i) {
        int like = after[units[i]] == MarkCover.NONE ? before[units[i]] : after[units[i]];
        return like == MarkCover.NONE ? 0 : marks.flags(like) & (Layout.EXPANDS_BEFORE | Layout.EXPANDS_AFTER);
    }

    private Value value(int mark) {
        if (mark == MarkCover.NONE) {
            return Value.NULL;
        }
        int address = marks.address(mark);
        return ValueCodec.read(
                past.document().log().array(address), past.document().log().offset(address));
    }

    /** Returns by character what it is marked with now. */
    private Value[] shown(String key) {
        List<Mark> ranges = new ArrayList<>(editor.marks());
        ranges.removeIf(mark -> !mark.key().equals(key));
        Value[] shown = new Value[units.length];
        Arrays.fill(shown, Value.NULL);
        int next = 0;
        for (int i = 0; i < shown.length; i++) {
            while (next < ranges.size() && ranges.get(next).end() <= starts[i]) {
                next++;
            }
            if (next < ranges.size() && ranges.get(next).start() <= starts[i]) {
                shown[i] = ranges.get(next).value();
            }
        }
        return shown;
    }

    private void mark(int from, int to, String key, Value value, int flags) {
        editor.mark(
                starts[from],
                starts[to],
                key,
                value,
                Expand.of((flags & Layout.EXPANDS_BEFORE) != 0, (flags & Layout.EXPANDS_AFTER) != 0));
    }
}
