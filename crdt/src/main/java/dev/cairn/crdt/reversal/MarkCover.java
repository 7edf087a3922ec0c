package dev.cairn.crdt.reversal;

import dev.cairn.crdt.document.Marks;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.lineage.Past;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Which mark of one key counts at each unit of a text, if only some changes had made marks. */
final class MarkCover {
    /** No mark. */
    static final int NONE = -1;

    private MarkCover() {}

    /** Returns the greatest mark around each unit, by its index in the order. */
    static int[] of(Past past, SequenceContainer text, CanonicalOrder units, String key, IntPredicate changes) {
        int[] cover = new int[units.size()];
        Marks marks = text.marks();
        if (marks == null) {
            Arrays.fill(cover, NONE);
            return cover;
        }
        Comparator<Integer> order = (a, b) -> marks.compare(past.document().graph(), a, b);
        TreeSet<Integer> around = new TreeSet<>(order);
        for (int i = 0; i < cover.length; i++) {
            int content = past.journal().content(text, units.unit(i));
            if (content < 0 && marks.key(Marks.markOf(content)).equals(key)) {
                int mark = Marks.markOf(content);
                if (changes.test(marks.lv(mark))) {
                    toggle(around, mark, Marks.isStart(content));
                }
            }
            cover[i] = around.isEmpty() ? NONE : around.last();
        }
        return cover;
    }

    private static void toggle(Set<Integer> around, int mark, boolean start) {
        if (start) {
            around.add(mark);
        } else {
            around.remove(mark);
        }
    }
}
