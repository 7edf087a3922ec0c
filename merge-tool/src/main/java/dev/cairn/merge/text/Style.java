package dev.cairn.merge.text;

import dev.cairn.format.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a merged file looks like where that is not its lines: each property is merged by itself, so that one side may
 * change the line ends and the other the text.
 *
 * @param open whether the last line has no end
 */
record Style(Encoding encoding, LineEnding ending, boolean open) {

    static Style of(TextFile base, TextFile mine, TextFile theirs) {
        return new Style(
                merged(base, mine, theirs, TextFile::encoding),
                merged(base, mine, theirs, TextFile::ending),
                merged(base, mine, theirs, TextFile::endsOpen));
    }

    /**
     * Of two versions of an unknown base: that of mine, since nobody can tell who has changed what. The last line has
     * an end if either gives it one.
     */
    static Style of(TextFile mine, TextFile theirs) {
        Style own = of(mine.lines().isEmpty() ? theirs : mine);
        return new Style(own.encoding(), own.ending(), mine.endsOpen() && theirs.endsOpen());
    }

    /** This style in the encoding of another file. */
    Style inEncodingOf(TextFile file) {
        return new Style(file.encoding(), ending, open);
    }

    private static Style of(TextFile file) {
        return new Style(file.encoding(), file.ending(), file.endsOpen());
    }

    private static <T> T merged(TextFile base, TextFile mine, TextFile theirs, Function<TextFile, T> property) {
        T ours = property.apply(mine);
        return ours.equals(property.apply(base)) && !theirs.lines().isEmpty() ? property.apply(theirs) : ours;
    }

    /**
     * The bytes of merged lines. A file whose line ends are mixed keeps those of every line it had; else all are alike.
     */
    Optional<Bytes> write(List<String> lines, TextFile mine, TextFile theirs) {
        if (lines.equals(mine.lines()) && equals(of(mine))) {
            return Optional.of(mine.bytes());
        }
        boolean mixed = !mine.isUniform() && (!theirs.isUniform() || theirs.ending() == mine.ending());
        Map<String, String> own = mixed ? ends(mine) : Map.of();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(lines.get(i));
            if (i + 1 < lines.size() || !open) {
                text.append(own.getOrDefault(lines.get(i), ending.text()));
            }
        }
        return encoding.encode(text.toString());
    }

    private static Map<String, String> ends(TextFile file) {
        Map<String, String> ends = new HashMap<>();
        for (int i = 0; i < file.lines().size(); i++) {
            if (!file.ends().get(i).isEmpty()) {
                ends.putIfAbsent(file.lines().get(i), file.ends().get(i));
            }
        }
        return ends;
    }
}
