package dev.cairn.crdt.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A stretch of a text all of whose characters carry the same marks.
 *
 * @param text the characters, at least one
 * @param marks the values by their keys, in the order of the keys' UTF-8 bytes
 */
public record TextRun(String text, SortedMap<String, Value> marks) {

    /** Splits a text wherever its marks change. */
    static List<TextRun> of(String text, List<Mark> marks) {
        TreeSet<Integer> edges = new TreeSet<>(List.of(0, text.length()));
        List<Mark> byEnd = new ArrayList<>(marks);
        byEnd.sort((a, b) -> Integer.compare(a.end(), b.end()));
        for (Mark mark : marks) {
            edges.add(mark.start());
            edges.add(mark.end());
        }
        List<TextRun> runs = new ArrayList<>(edges.size());
        SortedMap<String, Value> open = new TreeMap<>(KeyOrder.INSTANCE);
        int starting = 0;
        int ending = 0;
        for (int edge : edges.headSet(text.length())) {
            for (; ending < byEnd.size() && byEnd.get(ending).end() <= edge; ending++) {
                open.remove(byEnd.get(ending).key());
            }
            for (; starting < marks.size() && marks.get(starting).start() <= edge; starting++) {
                open.put(marks.get(starting).key(), marks.get(starting).value());
            }
            Integer next = edges.higher(edge);
            String part = text.substring(edge, next == null ? text.length() : next);
            runs.add(new TextRun(part, Collections.unmodifiableSortedMap(new TreeMap<>(open))));
        }
        return List.copyOf(runs);
    }
}
