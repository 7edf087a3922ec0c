package dev.cairn.format.cbor;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.Utf8;
import java.io.ByteArrayOutputStream;

/**
 * Writes one deterministic CBOR item.
 *
 * <p>The caller announces the size of each array and map and then writes exactly so many items or pairs; keys of a map
 * are integers in ascending order of their value from 0. A wrong count or order is a bug of the caller and throws
 * {@link IllegalStateException}. Not thread-safe.
 */
public final class CborWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Nesting nesting = new Nesting();

    /** An integer of 0 or more. */
    public CborWriter unsigned(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        nesting.item();
        head(0, value);
        return this;
    }

    /** An integer of either sign. */
    public CborWriter integer(long value) {
        nesting.item();
        head(value < 0 ? 1 : 0, value < 0 ? ~value : value);
        return this;
    }

    /** A byte string. */
    public CborWriter bytes(Bytes value) {
        nesting.item();
        head(2, value.size());
        value.writeTo(out);
        return this;
    }

    /** A text; a lone surrogate in it is refused, because it has no UTF-8 form. */
    public CborWriter text(String value) {
        Bytes utf8 = Utf8.encode(value);
        nesting.item();
        head(3, utf8.size());
        utf8.writeTo(out);
        return this;
    }

    /** True or false. */
    public CborWriter bool(boolean value) {
        nesting.item();
        out.write(value ? 0xf5 : 0xf4);
        return this;
    }

    /** Null. */
    public CborWriter nothing() {
        nesting.item();
        out.write(0xf6);
        return this;
    }

    /** The start of an array of {@code size} items, which follow. */
    public CborWriter array(int size) {
        nesting.count();
        head(4, size);
        nesting.open(size, false);
        return this;
    }

    /** The start of a map of {@code size} pairs, which follow, each as {@link #key} and one item. */
    public CborWriter map(int size) {
        nesting.count();
        head(5, size);
        nesting.open(size, true);
        return this;
    }

    /** The key of the next pair of the current map. */
    public CborWriter key(long key) {
        nesting.key(key);
        head(0, key);
        return this;
    }

    /** One whole item, already encoded; the caller answers for its being deterministic CBOR. */
    public CborWriter encoded(Bytes item) {
        nesting.item();
        item.writeTo(out);
        return this;
    }

    /** The finished item. */
    public Bytes toBytes() {
        if (!nesting.complete()) {
            throw new IllegalStateException("an array or map has fewer items than announced");
        }
        return Bytes.owning(out.toByteArray());
    }

    private void head(int major, long value) {
        int type = major << 5;
        if (value < 24) {
            out.write(type | (int) value);
        } else if (value <= 0xff) {
            number(type | 24, value, 1);
        } else if (value <= 0xffff) {
            number(type | 25, value, 2);
        } else if (value <= 0xffff_ffffL) {
            number(type | 26, value, 4);
        } else {
            number(type | 27, value, 8);
        }
    }

    private void number(int initial, long value, int size) {
        out.write(initial);
        for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }

    /** The open arrays and maps, innermost last, and what they still lack. */
    private static final class Nesting {
        private final int[] missing = new int[Limits.CBOR_DEPTH_MAX + 1];
        private final long[] lastKey = new long[Limits.CBOR_DEPTH_MAX + 1];
        private final boolean[] map = new boolean[Limits.CBOR_DEPTH_MAX + 1];
        private int depth;
        private boolean keyWritten;

        Nesting() {
            missing[0] = 1;
        }

        void item() {
            count();
            closeFull();
        }

        void count() {
            if (map[depth] != keyWritten) {
                throw new IllegalStateException(keyWritten ? "two keys in a row" : "an item of a map without its key");
            }
            keyWritten = false;
            if (missing[depth]-- <= 0) {
                throw new IllegalStateException("more items than announced");
            }
        }

        void key(long key) {
            if (!map[depth] || keyWritten || missing[depth] == 0) {
                throw new IllegalStateException("no key belongs here: " + key);
            }
            if (key <= lastKey[depth]) {
                throw new IllegalStateException("key " + key + " after key " + lastKey[depth]);
            }
            lastKey[depth] = key;
            keyWritten = true;
        }

        void open(int size, boolean isMap) {
            if (size < 0) {
                throw new IllegalArgumentException("size " + size);
            }
            if (depth == Limits.CBOR_DEPTH_MAX) {
                throw new IllegalStateException("deeper than " + Limits.CBOR_DEPTH_MAX);
            }
            depth++;
            missing[depth] = size;
            lastKey[depth] = -1;
            map[depth] = isMap;
            closeFull();
        }

        private void closeFull() {
            while (depth > 0 && missing[depth] == 0) {
                depth--;
            }
        }

        boolean complete() {
            return depth == 0 && missing[0] == 0;
        }
    }
}
