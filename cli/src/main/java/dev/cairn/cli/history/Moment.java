package dev.cairn.cli.history;

import dev.cairn.cli.shell.Failure;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time as people write and read them: in the machine's time zone unless another is given. */
public final class Moment {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhdw])");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}.*");
    private static final Pattern ZONED = Pattern.compile(".*T.*(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final DateTimeFormatter PRINTED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Moment() {}

    /** The time a text stands for; nothing when it does not look like one, a failure when it looks but is none. */
    static Optional<Instant> read(String text, Clock clock) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return Optional.of(clock.instant().minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1)))));
        }
        if (!DATE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(date(text.replace(' ', 'T'), clock.getZone()));
        } catch (DateTimeException malformed) {
            throw Failure.usage("no time: '" + text + "': write 2026-11-21, 2026-11-21T10:00 or 2026-11-21T10:00Z");
        }
    }

    private static Instant date(String text, ZoneId zone) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        return ZONED.matcher(text).matches()
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }

    /** To the second, in the machine's time zone. */
    public static String print(Instant time) {
        return PRINTED.format(time.atZone(ZoneId.systemDefault()));
    }
}
