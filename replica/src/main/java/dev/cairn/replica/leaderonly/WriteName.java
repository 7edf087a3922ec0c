package dev.cairn.replica.leaderonly;

import dev.cairn.format.Limits;
import dev.cairn.format.election.Token;
import java.util.Comparator;
import java.util.Optional;

/**
 * The name of one write to a leader-only collection.
 *
 * @param token the leadership under which it was made
 * @param number which write of that leadership it is, from 1
 */
public record WriteName(Token token, long number) implements Comparable<WriteName> {
    private static final Comparator<WriteName> ORDER =
            Comparator.comparing(WriteName::token).thenComparingLong(WriteName::number);

    /** Checks the number. */
    public WriteName {
        if (number < 1 || number > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("a write's number is from 1: " + number);
        }
    }

    /** Reads what {@link #toString} writes, and nothing else. */
    public static Optional<WriteName> parse(String text) {
        int dot = text.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        Optional<Long> number = Numbers.parse(text.substring(dot + 1));
        return Token.parse(text.substring(0, dot)).flatMap(token -> number.map(value -> new WriteName(token, value)));
    }

    @Override
    public int compareTo(WriteName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return token + "." + number;
    }
}
