package dev.cairn.merge.conflicts;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * What the name of a conflict copy says.
 *
 * @param original the name of the file it is a copy of
 * @param tool who gives such names
 * @param certain whether nothing but a sync tool gives such names; else the contents must be alike to believe it
 * @param made when the copy was made, in the local time of the device that made it, if the name says so
 */
record CopyName(String original, SyncTool tool, boolean certain, Optional<LocalDateTime> made) {

    /** Reads a name; nothing if it is no copy's. */
    static Optional<CopyName> of(String name, List<NamePattern> patterns) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        for (NamePattern pattern : patterns) {
            Matcher matcher = pattern.regex().matcher(composed);
            if (matcher.matches()) {
                String original = part(matcher, "stem") + part(matcher, "ext");
                if (!original.isBlank() && !original.equals(composed) && !original.startsWith("/")) {
                    return Optional.of(new CopyName(original, pattern.tool(), pattern.certain(), made(matcher)));
                }
            }
        }
        return Optional.empty();
    }

    /** The names a copy may be of, the nearest first: a copy of a copy has several. */
    static List<CopyName> chain(String name, List<NamePattern> patterns) {
        List<CopyName> chain = new ArrayList<>();
        Optional<CopyName> next = of(name, patterns);
        while (next.isPresent()) {
            chain.add(next.get());
            next = of(next.get().original(), patterns);
        }
        return chain;
    }

    private static String part(Matcher matcher, String group) {
        return matcher.pattern().pattern().contains("(?<" + group + ">") && matcher.group(group) != null
                ? matcher.group(group)
                : "";
    }

    private static Optional<LocalDateTime> made(Matcher matcher) {
        String date = part(matcher, "date").replace("-", "");
        String time = part(matcher, "time").replace("-", "") + "000000";
        if (date.length() != 8) {
            return Optional.empty();
        }
        boolean known = !part(matcher, "time").isEmpty();
        try {
            LocalDateTime day = LocalDateTime.of(number(date, 0, 4), number(date, 4, 6), number(date, 6, 8), 0, 0);
            return Optional.of(
                    known
                            ? day.withHour(number(time, 0, 2))
                                    .withMinute(number(time, 2, 4))
                                    .withSecond(number(time, 4, 6))
                            : day.plusDays(1).minusSeconds(1));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits.substring(from, to));
    }
}
