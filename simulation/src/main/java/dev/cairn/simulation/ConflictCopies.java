package dev.cairn.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The conflict copies of one folder, of which a tool keeps only so many of each file. */
final class ConflictCopies {

    private final Map<String, TreeSet<String>> copies = new HashMap<>();

    /** Notes a copy of {@code path} and returns the oldest ones beyond {@code max}, by their names. */
    SortedSet<String> add(String path, String copy, int max) {
        TreeSet<String> all = copies.computeIfAbsent(path, key -> new TreeSet<>());
        all.add(copy);
        SortedSet<String> surplus = new TreeSet<>();
        while (all.size() > max) {
            String oldest = all.first();
            all.remove(oldest);
            surplus.add(oldest);
        }
        return surplus;
    }
}
