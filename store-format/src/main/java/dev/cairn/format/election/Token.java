package dev.cairn.format.election;

import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of one leadership, and its place among all others: the greater one fences the smaller.
 *
 * <p>The term alone is not unique, since two parts of a split fleet may count alike; with the writer it is.
 *
 * @param epoch how often a user has decided, from 0
 * @param term the number of the election, from 1
 * @param writer who leads
 */
public record Token(long epoch, long term, WriterId writer) implements Comparable<Token> {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,15}");

    private static final Comparator<Token> ORDER = Comparator.comparingLong(Token::epoch)
            .thenComparingLong(Token::term)
            .thenComparing(Token::writer);

    /** Checks the numbers. */
    public Token {
        requireNumbers(epoch, term);
    }

    static void requireNumbers(long epoch, long term) {
        if (epoch < 0 || epoch > Limits.NUMBER_MAX || term < 1 || term > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("epoch " + epoch + ", term " + term);
        }
    }

    /** Reads what {@link #toString} writes, and nothing else. */
    public static Optional<Token> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3 || !isNumber(parts[0]) || !isNumber(parts[1])) {
            return Optional.empty();
        }
        long epoch = Long.parseLong(parts[0]);
        long term = Long.parseLong(parts[1]);
        return epoch > Limits.NUMBER_MAX || term < 1 || term > Limits.NUMBER_MAX
                ? Optional.empty()
                : WriterId.parse(parts[2]).map(writer -> new Token(epoch, term, writer));
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    @Override
    public int compareTo(Token other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "." + term + "." + writer;
    }
}
