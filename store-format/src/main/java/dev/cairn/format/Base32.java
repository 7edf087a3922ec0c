package dev.cairn.format;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The text form of 16-byte ids: 26 digits of the RFC 4648 base32 alphabet in lower case, without padding.
 *
 * <p>26 digits hold 130 bits; the last two are zero, and reading refuses anything else, so that an id has one spelling.
 */
final class Base32 {
    static final int ID_DIGITS = 26;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int SPARE_BITS = 3;

    private Base32() {}

    static String write(long high, long low) {
        char[] text = new char[ID_DIGITS];
        long upper = high;
        long lower = low;
        for (int i = 0; i < ID_DIGITS; i++) {
            text[i] = ALPHABET.charAt((int) (upper >>> 59));
            upper = (upper << 5) | (lower >>> 59);
            lower = lower << 5;
        }
        return new String(text);
    }

    /** The 16 bytes written as {@code text}, or nothing when it is not the one spelling of an id. */
    static Optional<ByteBuffer> read(String text) {
        if (text.length() != ID_DIGITS) {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < ID_DIGITS; i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            boolean last = i == ID_DIGITS - 1;
            if (digit < 0 || (last && (digit & 0b11) != 0)) {
                return Optional.empty();
            }
            int bits = last ? SPARE_BITS : 5;
            high = (high << bits) | (low >>> (64 - bits));
            low = (low << bits) | (last ? digit >>> 2 : digit);
        }
        return Optional.of(ByteBuffer.allocate(16).putLong(0, high).putLong(8, low));
    }
}
