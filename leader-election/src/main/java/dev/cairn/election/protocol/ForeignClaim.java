package dev.cairn.election.protocol;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the {@code leader.lock} of another program says: a claim in epoch 0 and term 0, below those of all devices.
 *
 * <p>It is shown and decides nothing: nobody can see whether its author is still there. Several files, which a sync
 * tool makes of one that two devices wrote, are a claim for each distinct text.
 *
 * @param text what the file says, without white space around it
 * @param sinceMillis the first moment that stands in it, in milliseconds since 1970
 * @param files the names of the files which say so
 */
public record ForeignClaim(String text, Optional<Long> sinceMillis, SortedSet<String> files) {
    /** The greatest first, by the order of all claims: the earlier start goes first, then the smaller text. */
    private static final Comparator<ForeignClaim> ORDER = Comparator.<ForeignClaim>comparingLong(
                    claim -> claim.sinceMillis().orElse(Long.MAX_VALUE))
            .thenComparing(ForeignClaim::text);

    private static final Pattern MOMENT =
            Pattern.compile("(?<![0-9])(?:([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,9})?)?"
                    + "(?:Z|[+-][0-9]{2}:[0-9]{2}))|([0-9]{13})|([0-9]{10}))(?![0-9])");

    /** Copies the names. */
    public ForeignClaim {
        files = Collections.unmodifiableSortedSet(new TreeSet<>(files));
    }

    /** The claims of files, given by name and text, of which the first is the greatest. */
    public static List<ForeignClaim> of(Map<String, String> textsByName) {
        Map<String, SortedSet<String>> names = new TreeMap<>();
        textsByName.forEach((name, text) ->
                names.computeIfAbsent(text.strip(), any -> new TreeSet<>()).add(name));
        List<ForeignClaim> claims = new ArrayList<>();
        names.forEach((text, files) -> claims.add(new ForeignClaim(text, since(text), files)));
        claims.sort(ORDER);
        return claims;
    }

    private static Optional<Long> since(String text) {
        Matcher moment = MOMENT.matcher(text);
        while (moment.find()) {
            try {
                return Optional.of(
                        moment.group(1) != null
                                ? OffsetDateTime.parse(moment.group(1))
                                        .toInstant()
                                        .toEpochMilli()
                                : moment.group(2) != null
                                        ? Long.parseLong(moment.group(2))
                                        : Long.parseLong(moment.group(3)) * 1000);
            } catch (DateTimeException noDate) {
                // such as the 31st of February; the next one may be a moment
            }
        }
        return Optional.empty();
    }

    /** The first line. */
    public String leader() {
        return text.lines().findFirst().orElse("");
    }
}
