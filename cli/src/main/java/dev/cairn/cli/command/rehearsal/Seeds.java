package dev.cairn.cli.command.rehearsal;

import dev.cairn.cli.shell.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The runs which {@code --seed} or {@code --seeds} name, both ends included.
 *
 * @param first the first
 * @param last the last
 */
record Seeds(long first, long last) {
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})\\.\\.(-?\\d{1,18})");
    private static final long SEEDS_MAX = 10_000_000;

    /** Those of the command line, the first seed if it names none. */
    static Seeds of(Optional<Long> seed, Optional<String> seeds) {
        if (seeds.isEmpty()) {
            long one = seed.orElse(1L);
            return new Seeds(one, one);
        }
        Matcher matcher = RANGE.matcher(seeds.get());
        if (seed.isPresent() || !matcher.matches()) {
            throw Failure.usage("seeds are given as --seed N or as --seeds N..M, not '" + seeds.get() + "'");
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        if (last < first || last - first >= SEEDS_MAX) {
            throw Failure.usage(
                    "--seeds N..M runs from N up to M, at most " + SEEDS_MAX + " of them: '" + seeds.get() + "'");
        }
        return new Seeds(first, last);
    }

    boolean isSingle() {
        return first == last;
    }
}
