package dev.cairn.merge.mirror;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What both sides of a name are about to say: kept before the first of them is written, so that a round which finds one
 * or both written, and edited since, knows what each was made of.
 *
 * @param name the name
 * @param file what the file said; nothing if there was none
 * @param document what the document said; nothing if it had no text
 * @param next what both are to say
 * @param mark where the history of the documents was then
 */
record Intent(String name, Optional<String> file, Optional<String> document, String next, String mark) {

    /**
     * Whether a file which may have been edited since has got the next text: it had it before, or of the lines by which
     * that differs from the file before, it shows more than half. A mistake costs doubled lines, never lost ones.
     */
    boolean isIn(String now) {
        String old = file.orElse("");
        if (file.equals(Optional.of(next)) || now.equals(next) || now.equals(old)) {
            return file.equals(Optional.of(next)) || now.equals(next);
        }
        Set<String> before = lines(old);
        Set<String> after = lines(next);
        Set<String> has = lines(now);
        long differences = count(after, line -> !before.contains(line)) + count(before, line -> !after.contains(line));
        long shown = count(after, line -> !before.contains(line) && has.contains(line))
                + count(before, line -> !after.contains(line) && !has.contains(line));
        return 2 * shown > differences;
    }

    /**
     * What both sides have in them of all that they say now: what they are to be compared with.
     *
     * @param now what the file says now
     * @param known what was agreed on before
     */
    Optional<String> common(Optional<String> now, Optional<String> known, Documents documents) {
        boolean inFile = now.filter(this::isIn).isPresent();
        boolean inDocument = document.equals(Optional.of(next)) || documents.said(name, mark, next);
        if (inFile && inDocument) {
            return Optional.of(next);
        }
        return inFile ? document.or(() -> known) : inDocument ? file.or(() -> known) : known;
    }

    private static Set<String> lines(String text) {
        return text.lines().collect(Collectors.toSet());
    }

    private static long count(Set<String> lines, Predicate<String> which) {
        return lines.stream().filter(which).count();
    }
}
