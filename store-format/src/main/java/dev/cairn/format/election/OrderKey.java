package dev.cairn.format.election;

import dev.cairn.format.WriterId;
import java.util.Comparator;

/**
 * A device's place in the queue for the leadership; the smallest goes first.
 *
 * <p>Whoever led last goes to the end, so that nobody leads for ever because of its name; then who has waited longest,
 * by a ticket that rises with every incarnation, then by the time the incarnation began, then by the id.
 *
 * @param ledLast whether it led in the last term
 * @param ticket one more than the greatest ticket it saw when it began, from 1
 * @param sinceMillis when its incarnation began, by its own clock
 * @param writer who it is
 */
public record OrderKey(boolean ledLast, long ticket, long sinceMillis, WriterId writer)
        implements Comparable<OrderKey> {
    private static final Comparator<OrderKey> ORDER = Comparator.comparing(OrderKey::ledLast)
            .thenComparingLong(OrderKey::ticket)
            .thenComparingLong(OrderKey::sinceMillis)
            .thenComparing(OrderKey::writer);

    @Override
    public int compareTo(OrderKey other) {
        return ORDER.compare(this, other);
    }
}
