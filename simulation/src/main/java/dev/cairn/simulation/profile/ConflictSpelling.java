package dev.cairn.simulation.profile;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Predicate;

/** How a tool names the copy of a file which lost a conflict. */
public enum ConflictSpelling {
    /** No copy: what loses is lost. */
    NONE,
    /** {@code name.sync-conflict-20261120-222614-BFPIYIL.ext}; the id is the winner's, and an equal name is reused. */
    SYNCTHING,
    /** {@code name (phone's conflicted copy 2026-11-20).ext} */
    DROPBOX,
    /** {@code name-PHONE.ext} */
    ONEDRIVE,
    /** {@code name (1).ext} */
    GOOGLE_DRIVE,
    /** {@code name 2.ext} */
    ICLOUD,
    /** {@code name (conflicted copy 2026-11-20 222614).ext} */
    NEXTCLOUD;

    private static final DateTimeFormatter DAY_AND_TIME = utc("yyyyMMdd-HHmmss");
    private static final DateTimeFormatter DAY = utc("yyyy-MM-dd");
    private static final DateTimeFormatter DAY_SPACE_TIME = utc("yyyy-MM-dd HHmmss");

    /**
     * The facts from which a name is made.
     *
     * @param path of the file in conflict, relative to the folder, with slashes
     * @param at what the clock of the device shows which makes the copy
     * @param winner the device which made the version that keeps the name
     * @param loser the device which makes the copy
     */
    public record Conflict(String path, Instant at, String winner, String loser) {}

    /**
     * The relative path of the copy.
     *
     * @param taken whether there is a file of that relative path already; most tools count on, Syncthing does not
     * @throws IllegalStateException for {@link #NONE}
     */
    public String pathFor(Conflict conflict, Predicate<String> taken) {
        FileName name = this == SYNCTHING ? FileName.of(conflict.path) : FileName.ofVisible(conflict.path);
        return switch (this) {
            case NONE -> throw new IllegalStateException("this tool makes no conflict copies");
            case SYNCTHING ->
                name.withSuffix(
                        ".sync-conflict-" + DAY_AND_TIME.format(conflict.at) + "-" + Digests.shortId(conflict.winner));
            case DROPBOX ->
                counted(
                        name,
                        " (" + conflict.loser + "'s conflicted copy " + DAY.format(conflict.at),
                        " (%d)",
                        ")",
                        taken);
            case ONEDRIVE -> counted(name, "-" + hostName(conflict.loser), "-%d", "", taken);
            case GOOGLE_DRIVE -> duplicate(conflict.path, taken);
            case ICLOUD -> numbered(name, " %d", 2, taken);
            case NEXTCLOUD ->
                counted(name, " (conflicted copy " + DAY_SPACE_TIME.format(conflict.at), " %d", ")", taken);
        };
    }

    /** The name of a file which a case-insensitive tool will not keep beside one that differs in case only. */
    public String caseConflictFor(String path, Predicate<String> taken) {
        return counted(FileName.ofVisible(path), " (Case Conflict", " %d", ")", taken);
    }

    /** The first free one of {@code name (1).ext}, {@code name (2).ext}, ... */
    public static String duplicate(String path, Predicate<String> taken) {
        return numbered(FileName.ofVisible(path), " (%d)", 1, taken);
    }

    private static String numbered(FileName name, String suffix, int first, Predicate<String> taken) {
        int number = first;
        String path = name.withSuffix(String.format(Locale.ROOT, suffix, number));
        while (taken.test(path)) {
            path = name.withSuffix(String.format(Locale.ROOT, suffix, ++number));
        }
        return path;
    }

    private static String counted(FileName name, String begin, String count, String end, Predicate<String> taken) {
        String plain = name.withSuffix(begin + end);
        return taken.test(plain) ? numbered(name, begin.replace("%", "%%") + count + end, 1, taken) : plain;
    }

    private static String hostName(String device) {
        return device.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9-]", "-");
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
