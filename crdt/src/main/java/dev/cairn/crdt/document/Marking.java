package dev.cairn.crdt.document;

import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.Value;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Gives a text the marks that it is to have, by marking only where it has others. */
final class Marking {
    private Marking() {}

    /** Makes the marks of all keys. */
    static void make(Editing editing, SequenceContainer text, List<Mark> wanted) {
        SortedSet<String> keys = new TreeSet<>(KeyOrder.INSTANCE);
        new OfText(editing, text).marks().forEach(mark -> keys.add(mark.key()));
        wanted.forEach(mark -> keys.add(mark.key()));
        make(editing, text, wanted, keys);
    }

    /** Makes the marks of some keys. */
    static void make(Editing editing, SequenceContainer text, List<Mark> wanted, SortedSet<String> keys) {
        OfText editor = new OfText(editing, text);
        List<Mark> shown = editor.marks();
        for (String key : keys) {
            make(editor, key, of(key, shown), of(key, wanted));
        }
    }

    private static List<Mark> of(String key, List<Mark> marks) {
        return marks.stream().filter(mark -> mark.key().equals(key)).toList();
    }

    private static void make(OfText editor, String key, List<Mark> shown, List<Mark> wanted) {
        SortedSet<Integer> edges = new TreeSet<>();
        for (List<Mark> marks : List.of(shown, wanted)) {
            marks.forEach(mark -> edges.addAll(List.of(mark.start(), mark.end())));
        }
        int from = -1;
        for (int to : edges) {
            if (from >= 0 && !at(from, shown).equals(at(from, wanted))) {
                Value value = at(from, wanted);
                if (value.equals(Value.NULL)) {
                    editor.unmark(from, to, key, Expand.AFTER);
                } else {
                    editor.mark(from, to, key, value, Expand.AFTER);
                }
            }
            from = to;
        }
    }

    /** Returns the value at an index; those of one key do not overlap. */
    private static Value at(int index, List<Mark> marks) {
        for (Mark mark : marks) {
            if (mark.start() <= index && index < mark.end()) {
                return mark.value();
            }
        }
        return Value.NULL;
    }
}
