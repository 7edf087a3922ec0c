package dev.cairn.crdt.codec;

import java.nio.charset.StandardCharsets;

/** Strict UTF-8: minimal, no surrogates, at most U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    /** Returns the position behind the code point at that position. */
    static int skip(byte[] bytes, int position, int end) {
        if (position == end) {
            throw new MalformedOperationsException("text is cut off");
        }
        int first = bytes[position];
        if (first >= 0) {
            return position + 1;
        }
        int length = first < (byte) 0xe0 ? 2 : first < (byte) 0xf0 ? 3 : 4;
        if (first < (byte) 0xc2 || first > (byte) 0xf4 || end - position < length) {
            throw new MalformedOperationsException("invalid UTF-8");
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[position + i] & 0xc0) != 0x80) {
                throw new MalformedOperationsException("invalid UTF-8");
            }
        }
        int codePoint = decode(bytes, position);
        int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        if (codePoint < least || codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint < 0xe000)) {
            throw new MalformedOperationsException("invalid UTF-8");
        }
        return position + length;
    }

    /** Returns the code point at that position of valid UTF-8. */
    public static int decode(byte[] bytes, int position) {
        int b = bytes[position];
        if (b >= 0) {
            return b;
        }
        int second = bytes[position + 1] & 0x3f;
        if (b < (byte) 0xe0) {
            return ((b & 0x1f) << 6) | second;
        }
        int third = bytes[position + 2] & 0x3f;
        if (b < (byte) 0xf0) {
            return ((b & 0x0f) << 12) | (second << 6) | third;
        }
        return ((b & 0x07) << 18) | (second << 12) | (third << 6) | (bytes[position + 3] & 0x3f);
    }

    /** Returns how many bytes the code point at that position of valid UTF-8 takes. */
    public static int width(byte[] bytes, int position) {
        int b = bytes[position];
        return b >= 0 ? 1 : b < (byte) 0xe0 ? 2 : b < (byte) 0xf0 ? 3 : 4;
    }

    /** Returns the string of valid UTF-8. */
    public static String string(byte[] bytes, int start, int length) {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /**
     * Returns the UTF-8 of a string.
     *
     * @throws IllegalArgumentException if it has a lone surrogate
     */
    public static byte[] bytes(String string) {
        int i = 0;
        while (i < string.length()) {
            int codePoint = string.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException("a string must not hold a lone surrogate, found one at index " + i);
            }
            i += Character.charCount(codePoint);
        }
        return string.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the code points of a string. */
    public static int[] codePoints(String string) {
        int[] codePoints = new int[string.codePointCount(0, string.length())];
        int at = 0;
        for (int i = 0; i < codePoints.length; i++) {
            codePoints[i] = string.codePointAt(at);
            at += Character.charCount(codePoints[i]);
        }
        return codePoints;
    }

    /**
     * Returns the UTF-8 of a document name or key.
     *
     * @throws IllegalArgumentException if it is empty, too long, or has a lone surrogate
     */
    public static byte[] name(String name) {
        byte[] bytes = bytes(name);
        if (bytes.length < 1 || bytes.length > Layout.NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a name is 1 to " + Layout.NAME_BYTES_MAX + " bytes of UTF-8, found " + bytes.length);
        }
        return bytes;
    }
}
