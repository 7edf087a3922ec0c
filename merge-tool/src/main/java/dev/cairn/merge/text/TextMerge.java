package dev.cairn.merge.text;

import dev.cairn.format.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jgit.diff.Edit;

/**
 * The merge of two versions of a text file, with the version both began with or without. Pure; any size, though people
 * will not read a result of more than a few megabytes.
 */
public final class TextMerge {
    private TextMerge() {}

    /** What came of a merge. */
    public sealed interface Result {
        /** One text with the edits of both sides. */
        record Clean(Bytes content) implements Result {}

        /**
         * Both sides edited the same place.
         *
         * @param content the text with each such place between conflict markers
         * @param clashes how many there are
         */
        record Clashes(Bytes content, int clashes) implements Result {}

        /** At least one version is no text, or the merged characters cannot be written in the file's encoding. */
        record NotText(String reason) implements Result {}
    }

    /** The names behind conflict markers. */
    public record Labels(String mine, String base, String theirs) {}

    /** Merges two versions of {@code base}. Equal bytes are merged whatever they are. */
    public static Result merge(Bytes base, Bytes mine, Bytes theirs, Labels labels) {
        if (mine.equals(theirs) || theirs.equals(base)) {
            return new Result.Clean(mine);
        }
        if (mine.equals(base)) {
            return new Result.Clean(theirs);
        }
        Optional<TextFile> old = TextFile.of(base);
        Optional<TextFile> ours = TextFile.of(mine);
        Optional<TextFile> others = TextFile.of(theirs);
        if (old.isEmpty() || ours.isEmpty() || others.isEmpty()) {
            return new Result.NotText("not a text");
        }
        return merge(old.get(), ours.get(), others.get(), labels);
    }

    private static Result merge(TextFile base, TextFile mine, TextFile theirs, Labels labels) {
        List<Piece> pieces = ThreeWay.merge(base.lines(), mine.lines(), theirs.lines());
        return written(pieces, Style.of(base, mine, theirs), mine, theirs, labels);
    }

    /**
     * Merges two versions of an unknown base: the text which has every line of both in their order, if wherever they
     * differ only one of them has lines. Otherwise the places where both have lines of their own clash.
     */
    public static Result union(Bytes mine, Bytes theirs, Labels labels) {
        Optional<TextFile> ours = TextFile.of(mine);
        Optional<TextFile> others = TextFile.of(theirs);
        if (mine.equals(theirs)) {
            return new Result.Clean(mine);
        }
        if (ours.isEmpty() || others.isEmpty()) {
            return new Result.NotText("not a text");
        }
        List<String> common = common(ours.get(), others.get());
        List<Piece> pieces = new ArrayList<>();
        for (Region region : Region.of(common, ours.get().lines(), others.get().lines())) {
            boolean alone = region.mine().isEmpty() || region.theirs().isEmpty();
            List<String> one = region.mine().isEmpty() ? region.theirs() : region.mine();
            boolean settled = alone || region.mine().equals(region.theirs());
            pieces.add(settled ? new Piece.Merged(one) : new Piece.Clash(region));
        }
        Style own = Style.of(ours.get(), others.get());
        Result merged = written(pieces, own, ours.get(), others.get(), labels);
        return merged instanceof Result.NotText // characters which only the encoding of theirs has
                ? written(pieces, own.inEncodingOf(others.get()), ours.get(), others.get(), labels)
                : merged;
    }

    private static Result written(List<Piece> pieces, Style style, TextFile mine, TextFile theirs, Labels labels) {
        int clashes =
                (int) pieces.stream().filter(Piece.Clash.class::isInstance).count();
        Optional<Bytes> content = style.write(Markers.lines(pieces, labels), mine, theirs);
        if (content.isEmpty()) {
            return new Result.NotText("its characters do not fit the encoding of the other");
        }
        return clashes == 0 ? new Result.Clean(content.get()) : new Result.Clashes(content.get(), clashes);
    }

    private static List<String> common(TextFile a, TextFile b) {
        List<String> lines = new ArrayList<>();
        int at = 0;
        for (Edit edit : edits(a, b)) {
            lines.addAll(a.lines().subList(at, edit.getBeginA()));
            at = edit.getEndA();
        }
        lines.addAll(a.lines().subList(at, a.lines().size()));
        return lines;
    }

    private static List<Edit> edits(TextFile a, TextFile b) {
        Map<String, Integer> known = new HashMap<>();
        return Units.of(a.lines(), known).edits(Units.of(b.lines(), known));
    }

    /** How many lines have to be deleted or inserted to make one text of the other; nothing unless both are texts. */
    public static OptionalLong distance(Bytes a, Bytes b) {
        Optional<TextFile> one = TextFile.of(a);
        Optional<TextFile> other = TextFile.of(b);
        if (one.isEmpty() || other.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(edits(one.get(), other.get()).stream()
                .mapToLong(edit -> edit.getLengthA() + edit.getLengthB())
                .sum());
    }

    /** Whether all lines of a text are in the other in the same order: whoever wrote the other only added to it. */
    public static boolean isWithin(Bytes smaller, Bytes larger) {
        Optional<TextFile> one = TextFile.of(smaller);
        Optional<TextFile> other = TextFile.of(larger);
        if (one.isEmpty() || other.isEmpty()) {
            return false;
        }
        int matched = 0;
        List<String> lines = one.get().lines();
        for (String line : other.get().lines()) {
            if (matched < lines.size() && line.equals(lines.get(matched))) {
                matched++;
            }
        }
        return matched == lines.size();
    }

    /** The share of its lines that the smaller of two texts has in common with the other, blank ones left out. */
    public static double likeness(Bytes a, Bytes b) {
        Optional<TextFile> one = TextFile.of(a);
        Optional<TextFile> other = TextFile.of(b);
        if (a.equals(b)) {
            return 1;
        }
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        long common = written(common(one.get(), other.get()));
        long smaller = Math.min(written(one.get().lines()), written(other.get().lines()));
        return smaller == 0 ? 0 : (double) common / smaller;
    }

    private static long written(List<String> lines) {
        return lines.stream().filter(line -> !line.isBlank()).count();
    }
}
