package dev.cairn.format.cbor;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.Utf8;

/**
 * Reads one deterministic CBOR item and refuses every other spelling of it.
 *
 * <p>Arrays and maps: {@link #array} or {@link #map} gives the number of items or pairs, which the caller then reads
 * one by one; {@link #key} before each value of a map checks that keys ascend. {@link #end} at last checks that
 * nothing is left over. Counts are bounded by the bytes that remain, so a short input can claim no large memory. Not
 * thread-safe.
 */
public final class CborReader {
    private static final int UINT8 = 24;
    private static final int UINT64 = 27;

    private final Bytes source;
    private final int[] missing = new int[Limits.CBOR_DEPTH_MAX + 1];
    private final long[] lastKey = new long[Limits.CBOR_DEPTH_MAX + 1];
    private final boolean[] map = new boolean[Limits.CBOR_DEPTH_MAX + 1];
    private int depth;
    private int at;
    private boolean keyRead;

    /** A reader at the first byte of {@code source}. */
    public CborReader(Bytes source) {
        this.source = source;
        this.missing[0] = 1;
    }

    /** The type of the next item, which is not consumed. */
    public CborType peek() throws MalformedException {
        int initial = initial();
        return switch (initial >>> 5) {
            case 0 -> CborType.UNSIGNED;
            case 1 -> CborType.NEGATIVE;
            case 2 -> CborType.BYTES;
            case 3 -> CborType.TEXT;
            case 4 -> CborType.ARRAY;
            case 5 -> CborType.MAP;
            case 7 -> simple(initial);
            default -> throw malformed("a CBOR tag");
        };
    }

    /** The next item, an integer from 0 to {@code max}. */
    public long unsigned(long max) throws MalformedException {
        long value = head(CborType.UNSIGNED);
        item();
        if (value > max) {
            throw malformed("the number " + value + " above " + max);
        }
        return value;
    }

    /** The next item, an integer between {@code min} and {@code max}. */
    public long integer(long min, long max) throws MalformedException {
        boolean negative = peek() == CborType.NEGATIVE;
        long magnitude = head(negative ? CborType.NEGATIVE : CborType.UNSIGNED);
        item();
        long value = negative ? ~magnitude : magnitude;
        if (value < min || value > max) {
            throw malformed("the number " + value + " outside " + min + " .. " + max);
        }
        return value;
    }

    /** The next item, a byte string of {@code min} to {@code max} bytes. */
    public Bytes bytes(int min, int max) throws MalformedException {
        Bytes value = string(CborType.BYTES, max);
        if (value.size() < min) {
            throw malformed("a byte string of " + value.size() + " bytes, fewer than " + min);
        }
        return value;
    }

    /** The next item, a byte string of exactly {@code size} bytes. */
    public Bytes bytes(int size) throws MalformedException {
        return bytes(size, size);
    }

    /** The next item, a text of at most {@code max} bytes in UTF-8. */
    public String text(int max) throws MalformedException {
        Bytes utf8 = string(CborType.TEXT, max);
        try {
            return Utf8.decode(utf8);
        } catch (MalformedException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    /** The next item, true or false. */
    public boolean bool() throws MalformedException {
        expect(CborType.BOOLEAN);
        boolean value = source.unsigned(at) == 0xf5;
        at++;
        item();
        return value;
    }

    /** The next item, null. */
    public void nothing() throws MalformedException {
        expect(CborType.NULL);
        at++;
        item();
    }

    /** The start of an array; the result is the number of items which follow, at most {@code max}. */
    public int array(int max) throws MalformedException {
        return open(CborType.ARRAY, max);
    }

    /** The start of a map; the result is the number of pairs which follow, at most {@code max}. */
    public int map(int max) throws MalformedException {
        return open(CborType.MAP, max);
    }

    /** The key of the next pair of the current map, greater than the one before. */
    public long key() throws MalformedException {
        if (!map[depth] || keyRead) {
            throw new IllegalStateException("no key is expected here");
        }
        long key = head(CborType.UNSIGNED);
        if (key <= lastKey[depth]) {
            throw malformed("the map key " + key + " after " + lastKey[depth]);
        }
        lastKey[depth] = key;
        keyRead = true;
        return key;
    }

    /** The key of the next pair, which must be {@code expected}. */
    public void key(long expected) throws MalformedException {
        long key = key();
        if (key != expected) {
            throw malformed("the map key " + key + " instead of " + expected);
        }
    }

    /** The bytes of the next item, which is checked as strictly as any other, and passed over. */
    public Bytes skip() throws MalformedException {
        int start = at;
        skipItem();
        return source.slice(start, at);
    }

    /** Checks that the item is complete and that no byte follows. */
    public void end() throws MalformedException {
        if (depth != 0 || missing[0] != 0) {
            throw new IllegalStateException("the item was not read to its end");
        }
        if (at != source.size()) {
            throw malformed((source.size() - at) + " bytes after the end of the item");
        }
    }

    private void skipItem() throws MalformedException {
        switch (peek()) {
            case UNSIGNED, NEGATIVE -> integer(Long.MIN_VALUE, Long.MAX_VALUE);
            case BYTES -> bytes(0, source.size());
            case TEXT -> text(source.size());
            case BOOLEAN -> bool();
            case NULL -> nothing();
            case ARRAY -> {
                int size = array(source.size());
                for (int i = 0; i < size; i++) {
                    skipItem();
                }
            }
            case MAP -> {
                int size = map(source.size());
                for (int i = 0; i < size; i++) {
                    key();
                    skipItem();
                }
            }
        }
    }

    private int open(CborType type, int max) throws MalformedException {
        long size = head(type);
        int left = source.size() - at;
        if (size > max || size * (type == CborType.MAP ? 2 : 1) > left) {
            throw malformed(size + " items, more than " + (size > max ? "the " + max + " allowed" : "there are bytes"));
        }
        count();
        if (depth == Limits.CBOR_DEPTH_MAX) {
            throw malformed("nesting deeper than " + Limits.CBOR_DEPTH_MAX);
        }
        depth++;
        missing[depth] = (int) size;
        lastKey[depth] = -1;
        map[depth] = type == CborType.MAP;
        closeFull();
        return (int) size;
    }

    /** Accounts for one item which was read whole. */
    private void item() {
        count();
        closeFull();
    }

    private void count() {
        if (map[depth] != keyRead) {
            throw new IllegalStateException("the key of a map's pair was not read");
        }
        keyRead = false;
        if (missing[depth]-- <= 0) {
            throw new IllegalStateException("more items were read than there are");
        }
    }

    private void closeFull() {
        while (depth > 0 && missing[depth] == 0) {
            depth--;
        }
    }

    private Bytes string(CborType type, int max) throws MalformedException {
        long size = head(type);
        if (size > max || size > source.size() - at) {
            throw malformed(
                    "a string of " + size + " bytes where at most " + Math.min(max, source.size() - at) + " fit");
        }
        Bytes value = source.slice(at, at + (int) size);
        at += (int) size;
        item();
        return value;
    }

    /** The argument of the next item's head, which is of {@code type}; the position moves behind it. */
    private long head(CborType type) throws MalformedException {
        expect(type);
        int info = source.unsigned(at) & 0x1f;
        if (info < UINT8) {
            at++;
            return info;
        }
        if (info > UINT64) {
            throw malformed("an indefinite or reserved length");
        }
        int size = 1 << (info - UINT8);
        if (size > source.size() - at - 1) {
            throw malformed("the end inside of a number");
        }
        long value = 0;
        for (int i = 1; i <= size; i++) {
            value = (value << 8) | source.unsigned(at + i);
        }
        requireShortest(value, size);
        at += 1 + size;
        return value;
    }

    private void requireShortest(long value, int size) throws MalformedException {
        if (value < 0) {
            throw malformed("a number above 2^63 - 1");
        }
        long smallest = size == 1 ? UINT8 : 1L << (size * 4);
        if (value < smallest) {
            throw malformed("the number " + value + " not in its shortest form");
        }
    }

    private void expect(CborType type) throws MalformedException {
        CborType found = peek();
        if (found != type) {
            throw malformed(found + " instead of " + type);
        }
    }

    private CborType simple(int initial) throws MalformedException {
        return switch (initial) {
            case 0xf4, 0xf5 -> CborType.BOOLEAN;
            case 0xf6 -> CborType.NULL;
            default -> throw malformed("a float or an unknown simple value");
        };
    }

    private int initial() throws MalformedException {
        if (at >= source.size()) {
            throw malformed("the end where an item is expected");
        }
        return source.unsigned(at);
    }

    private MalformedException malformed(String found) {
        return new MalformedException("CBOR byte " + at + ": found " + found);
    }
}
