package dev.cairn.merge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The merge of words inside a region where lines clash.
 *
 * <p>It is tried where it is safe: the region is small; both sides kept at least half of its words and line ends, so
 * that they edited it and did not write it anew; and at least one word that nobody touched, or a line end, lies between
 * an edit of one side and an edit of the other. Where both inserted at one place, or edited words side by side, a
 * person must look.
 */
final class WordMerge {
    /** Words of a region beyond which nobody could check the result. */
    private static final int WORDS_MAX = 4_000;

    private WordMerge() {}

    static Optional<List<String>> merge(Region region) {
        List<String> base = words(region.base());
        List<String> mine = words(region.mine());
        List<String> theirs = words(region.theirs());
        if (Math.max(base.size(), Math.max(mine.size(), theirs.size())) > WORDS_MAX) {
            return Optional.empty();
        }
        List<Region> regions = Region.of(base, mine, theirs);
        if (!isEdited(base, regions)) {
            return Optional.empty();
        }
        List<String> merged = new ArrayList<>();
        for (Region part : regions) {
            Optional<List<String>> one = agreed(part);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            merged.addAll(one.get());
        }
        return Optional.of(lines(merged));
    }

    private static Optional<List<String>> agreed(Region part) {
        if (part.mine().equals(part.theirs()) || part.theirs().equals(part.base())) {
            return Optional.of(part.mine());
        }
        return part.mine().equals(part.base()) ? Optional.of(part.theirs()) : Optional.empty();
    }

    private static boolean isEdited(List<String> base, List<Region> regions) {
        long all = base.stream().filter(WordMerge::isWord).count();
        long mine = kept(regions, true);
        long theirs = kept(regions, false);
        return all > 0 && 2 * Math.min(mine, theirs) >= all;
    }

    private static long kept(List<Region> regions, boolean mine) {
        return regions.stream()
                .filter(part -> part.base().equals(mine ? part.mine() : part.theirs()))
                .flatMap(part -> part.base().stream())
                .filter(WordMerge::isWord)
                .count();
    }

    private static boolean isWord(String token) {
        return token.equals("\n") || !token.isBlank();
    }

    /** Words with the space behind them, ideographs one by one, and line ends. */
    private static List<String> words(List<String> lines) {
        List<String> words = new ArrayList<>();
        for (String line : lines) {
            int start = 0;
            while (start < line.length()) {
                int end = endOfWord(line, start);
                words.add(line.substring(start, end));
                start = end;
            }
            words.add("\n");
        }
        return words;
    }

    private static int endOfWord(String line, int start) {
        int at = start;
        boolean space = false;
        while (at < line.length()) {
            int point = line.codePointAt(at);
            boolean blank = Character.isWhitespace(point);
            if ((space && !blank) || (at > start && !blank && Character.isIdeographic(point))) {
                return at;
            }
            at += Character.charCount(point);
            if (!blank && Character.isIdeographic(point)) {
                return at;
            }
            space = blank;
        }
        return at;
    }

    /** Every line was written with its end, and a merge of ends and words ends with one unless it is empty. */
    private static List<String> lines(List<String> words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (word.equals("\n")) {
                lines.add(line.toString());
                line.setLength(0);
            } else {
                line.append(word);
            }
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }
}
