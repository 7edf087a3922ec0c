package dev.cairn.crdt.editing;

import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.state.MarkRange;
import dev.cairn.crdt.view.KeyOrder;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gives a text the marks that it is to have, by marking only where it has others. */
public final class Marking {
    private Marking() {}

    /** Makes the marks of all keys. */
    public static void make(Editing editing, SequenceContainer text, List<MarkRange> wanted) {
        OfText editor = new OfText(editing, text);
        List<MarkRange> shown = editor.ranges();
        SortedSet<String> keys = new TreeSet<>(KeyOrder.INSTANCE);
        shown.forEach(range -> keys.add(range.shown().key()));
        wanted.forEach(range -> keys.add(range.shown().key()));
        for (String key : keys) {
            make(editor, key, of(key, shown), of(key, wanted));
        }
    }

    private static List<MarkRange> of(String key, List<MarkRange> ranges) {
        return ranges.stream().filter(range -> range.shown().key().equals(key)).toList();
    }

    private static void make(OfText editor, String key, List<MarkRange> shown, List<MarkRange> wanted) {
        SortedSet<Integer> edges = new TreeSet<>();
        for (List<MarkRange> ranges : List.of(shown, wanted)) {
            ranges.forEach(range ->
                    edges.addAll(List.of(range.shown().start(), range.shown().end())));
        }
        int from = -1;
        for (int to : edges) {
            if (from >= 0) {
                make(editor, key, from, to, at(from, shown), at(from, wanted));
            }
            from = to;
        }
    }

    private static void make(
            OfText editor, String key, int from, int to, @Nullable MarkRange shown, @Nullable MarkRange wanted) {
        if (wanted == null && shown != null) {
            editor.unmark(from, to, key, shown.of(from, to));
        } else if (wanted != null && !(shown != null && sameValue(shown, wanted))) {
            editor.mark(from, to, key, wanted.shown().value(), wanted.of(from, to));
        }
    }

    private static boolean sameValue(MarkRange a, MarkRange b) {
        return a.shown().value().equals(b.shown().value());
    }

    /** Returns what is marked at an index; ranges of one key do not overlap. */
    private static @Nullable MarkRange at(int index, List<MarkRange> ranges) {
        for (MarkRange range : ranges) {
            if (range.shown().start() <= index && index < range.shown().end()) {
                return range;
            }
        }
        return null;
    }
}
