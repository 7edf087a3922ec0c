package dev.cairn.merge.mirror;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A file and its document made into one text, which the file gets first.
 *
 * @param file what the file said
 * @param document what the document said
 * @param merged what both are to say
 */
record Merging(String file, String document, String merged) {

    /**
     * Whether a file which may have been edited since has got the merged text: of the lines by which that differs from
     * the file before, it shows more than half. A mistake costs doubled lines, never lost ones.
     */
    boolean isIn(String now) {
        if (now.equals(merged) || now.equals(file)) {
            return now.equals(merged);
        }
        Set<String> before = lines(file);
        Set<String> after = lines(merged);
        Set<String> has = lines(now);
        long differences = count(after, line -> !before.contains(line)) + count(before, line -> !after.contains(line));
        long shown = count(after, line -> !before.contains(line) && has.contains(line))
                + count(before, line -> !after.contains(line) && !has.contains(line));
        return 2 * shown > differences;
    }

    private static Set<String> lines(String text) {
        return text.lines().collect(Collectors.toSet());
    }

    private static long count(Set<String> lines, Predicate<String> which) {
        return lines.stream().filter(which).count();
    }
}
