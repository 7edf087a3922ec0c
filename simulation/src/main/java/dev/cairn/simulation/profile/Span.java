package dev.cairn.simulation.profile;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A range of durations, both ends included, from which one is picked evenly.
 *
 * @param min the shortest, not negative
 * @param max the longest, at least {@code min} and at most a hundred years
 */
public record Span(Duration min, Duration max) {

    /** A hundred years, so that no sum of durations ends beyond what an instant can hold. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    /** No time at all. */
    public static final Span NONE = exactly(Duration.ZERO);

    public Span {
        if (min.isNegative() || max.compareTo(min) < 0 || max.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("not a range of durations: " + min + " to " + max);
        }
    }

    /** Always {@code duration}. */
    public static Span exactly(Duration duration) {
        return new Span(duration, duration);
    }

    /** From {@code min} to {@code max} milliseconds. */
    public static Span millis(long min, long max) {
        return new Span(Duration.ofMillis(min), Duration.ofMillis(max));
    }

    /** One duration of the range, to the microsecond. */
    public Duration pick(RandomGenerator random) {
        long width = max.minus(min).toNanos() / 1_000;
        return width == 0 ? min : min.plusNanos(random.nextLong(width + 1) * 1_000);
    }

    /** Whether every duration of the range is zero. */
    public boolean isZero() {
        return max.isZero();
    }
}
