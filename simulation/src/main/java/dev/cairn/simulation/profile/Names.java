package dev.cairn.simulation.profile;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which names and times a tool treats differently from what the application wrote.
 *
 * @param ignored full-match patterns of relative paths which are never sent
 * @param marker a directory at the top of the folder which the tool makes and without which it does nothing
 * @param foldsCase whether two names which differ in case only cannot both exist
 * @param timeGranularity to which file times are cut; a change within it and of the same size is never noticed
 * @param bytesMax the longest name of a file, in bytes of UTF-8
 */
public record Names(
        List<Pattern> ignored, Optional<String> marker, boolean foldsCase, Duration timeGranularity, int bytesMax) {

    /** Every name as it is, up to 255 bytes. */
    public static final Names PLAIN = new Names(List.of(), Optional.empty(), false, Duration.ofNanos(1), 255);

    public Names {
        ignored = List.copyOf(ignored);
        if (timeGranularity.isNegative() || timeGranularity.isZero() || bytesMax < 1) {
            throw new IllegalArgumentException("not limits of names: " + timeGranularity + ", " + bytesMax);
        }
    }

    /** Plain names, except for those which fully match one of {@code patterns}. */
    public static Names ignoring(String... patterns) {
        return new Names(
                Arrays.stream(patterns).map(Pattern::compile).toList(),
                Optional.empty(),
                false,
                Duration.ofNanos(1),
                PLAIN.bytesMax);
    }

    /** The same with names which differ in case only being one. */
    public Names foldingCase() {
        return new Names(ignored, marker, true, timeGranularity, bytesMax);
    }

    /** The same with times cut to {@code granularity}. */
    public Names withTimeGranularity(Duration granularity) {
        return new Names(ignored, marker, foldsCase, granularity, bytesMax);
    }

    /** The same with a directory without which the tool does nothing. */
    public Names withMarker(String directory) {
        return new Names(ignored, Optional.of(directory), foldsCase, timeGranularity, bytesMax);
    }

    /** Whether the tool leaves the file of this relative path alone. */
    public boolean ignores(String path) {
        for (Pattern pattern : ignored) {
            if (pattern.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the last name of this relative path is longer than any disk takes. */
    public boolean isTooLong(String path) {
        return FileName.of(path).name().getBytes(StandardCharsets.UTF_8).length > bytesMax;
    }
}
