package dev.cairn.format.columns;

import dev.cairn.format.MalformedException;

/** A column of bytes which is read from its beginning to its end. */
final class ByteSlice {
    private final byte[] bytes;
    private int at;
    private final int end;

    ByteSlice(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    byte[] array() {
        return bytes;
    }

    /** Passes over bytes; returns where they begin. */
    int skip(int length) throws MalformedException {
        if (length > end - at) {
            throw new MalformedException(length + " bytes of a column which has " + (end - at));
        }
        int from = at;
        at += length;
        return from;
    }

    long fixed() throws MalformedException {
        int from = skip(Long.BYTES);
        long value = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    /** A length in front of an entry of a dictionary. */
    int varint31() throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = bytes[skip(1)];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                if ((b == 0 && shift > 0) || value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw new MalformedException("a length which is too large or not in its shortest form");
    }

    /** The bytes of the next so many code points, going by their first bytes. */
    int codePoints(int count) throws MalformedException {
        int to = at;
        for (int i = 0; i < count; i++) {
            int length = to < end ? Field.codePointBytes(bytes[to]) : 0;
            if (length == 0 || length > end - to) {
                throw new MalformedException("a column of text without " + count + " characters more");
            }
            to += length;
        }
        return to - at;
    }

    /** Checks that every byte was read. */
    void end() throws MalformedException {
        if (at != end) {
            throw new MalformedException("a column with " + (end - at) + " bytes too many");
        }
    }
}
