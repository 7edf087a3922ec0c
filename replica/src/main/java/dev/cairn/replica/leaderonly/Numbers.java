package dev.cairn.replica.leaderonly;

import dev.cairn.format.Limits;
import java.util.Optional;

/** Numbers from 1 in the one way in which they are spelled. */
final class Numbers {
    private static final int DIGITS_MAX = 16;

    private Numbers() {}

    static Optional<Long> parse(String text) {
        if (text.isEmpty() || text.length() > DIGITS_MAX || text.charAt(0) == '0') {
            return Optional.empty();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            value = value * 10 + (digit - '0');
        }
        return value <= Limits.NUMBER_MAX ? Optional.of(value) : Optional.empty();
    }
}
