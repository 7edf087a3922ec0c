package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.sequence.UnitOrder;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Takes back the marks which a change made on a text, or makes them again: at each character that nobody re-marked. */
final class MarkReversal {
    private final Reversing reversing;
    private final Past past;
    private final SequenceContainer text;
    private final OfText editor;
    private final Marks marks;

    // by character of the text as it is now: the unit it is, or stands for, by its index in the order; and where it is
    private final int[] units;
    private final int[] starts;

    /**
     * Prepares.
     *
     * @param shown the units of the text as it is now, or for which they stand
     */
    MarkReversal(Reversing reversing, SequenceContainer text, SequenceContainer live, Marks marks, IntList shown) {
        this.reversing = reversing;
        this.past = reversing.past();
        this.text = text;
        this.editor = new OfText(reversing.editing(), live);
        this.marks = marks;
        UnitOrder order = past.units(text);
        int[] indexes = order.indexes();
        this.units = new int[shown.size()];
        this.starts = new int[shown.size() + 1];
        for (int i = 0; i < units.length; i++) {
            units[i] = indexes[shown.get(i)];
            starts[i + 1] = starts[i] + Character.charCount(past.journal.content(text, shown.get(i)));
        }
    }

    /** Returns the keys of the marks which a change made on a text. */
    static SortedSet<String> keys(Marks marks, int changeLv) {
        SortedSet<String> keys = new TreeSet<>(KeyOrder.INSTANCE);
        for (int i = 0; i < marks.size(); i++) {
            if (marks.lv(i) == changeLv) {
                keys.add(marks.key(i));
            }
        }
        return keys;
    }

    /** Marks what is to be marked otherwise; returns whether all that the change marked is as it is to be. */
    boolean apply() {
        boolean all = true;
        for (String key : keys(marks, reversing.changeLv())) {
            all &= apply(key);
        }
        return all;
    }

    private boolean apply(String key) {
        int[] before = MarkCover.of(past, text, key, reversing::countsBefore);
        int[] after = MarkCover.of(past, text, key, reversing::countsAfter);
        int[] own = MarkCover.of(past, text, key, lv -> lv == reversing.changeLv());
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

    /** Tells whether a character is marked as it would be if nothing else were taken back, and is to be otherwise. */
    private boolean wanted(int i, Value[] shown, int[] before, int[] after) {
        Value expected = value(before[units[i]]);
        return shown[i].equals(expected) && !expected.equals(value(after[units[i]]));
    }

    /** Returns how the mark expands which is to be made: as the one it stands for, or the one it takes back. */
    private int flags(int[] before, int[] after, int i) {
        int like = after[units[i]] == MarkCover.NONE ? before[units[i]] : after[units[i]];
        return marks.flags(like) & (Layout.EXPANDS_BEFORE | Layout.EXPANDS_AFTER);
    }

    private Value value(int mark) {
        if (mark == MarkCover.NONE) {
            return Value.NULL;
        }
        int address = marks.address(mark);
        return ValueCodec.read(past.document.log.array(address), past.document.log.offset(address));
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
