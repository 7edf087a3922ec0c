package dev.cairn.crdt.view;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A scalar; immutable. */
public sealed interface Value extends Node {
    /** The value null. */
    Value NULL = new Null();

    /** The one null. */
    record Null() implements Value {}

    /** True or false. */
    record Bool(boolean value) implements Value {}

    /** An integer of 64 bits. */
    record Int(long value) implements Value {}

    /** A double; every NaN is the same one. */
    record Real(double value) implements Value {}

    /** A string without lone surrogates. */
    record Str(String value) implements Value {
        public Str {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (Character.isHighSurrogate(c)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1))) {
                    i++;
                } else if (Character.isSurrogate(c)) {
                    throw new IllegalArgumentException(
                            "a string must not hold a lone surrogate, found one at index " + i);
                }
            }
        }
    }

    /** Bytes; the buffer is a read-only copy and every call returns a fresh position. */
    record Blob(ByteBuffer bytes) implements Value {
        public Blob {
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
            copy.put(bytes.duplicate()).flip();
            bytes = copy.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }

        /** The bytes in base64. */
        @Override
        public String toString() {
            return StandardCharsets.ISO_8859_1
                    .decode(Base64.getEncoder().encode(bytes()))
                    .toString();
        }
    }

    /** An instant, to the nanosecond. */
    record Time(Instant value) implements Value {}

    /**
     * Returns the scalar for an object: null, Boolean, Byte, Short, Integer, Long, Float, Double, Character,
     * CharSequence, {@code byte[]}, ByteBuffer, Instant, or a Value itself.
     *
     * @throws IllegalArgumentException if the object is of another class, or a string with a lone surrogate
     */
    static Value of(@Nullable Object object) {
        if (object == null) {
            return NULL;
        }
        if (object instanceof Value value) {
            return value;
        }
        if (object instanceof Boolean bool) {
            return new Bool(bool);
        }
        if (object instanceof Long || object instanceof Integer || object instanceof Short || object instanceof Byte) {
            return new Int(((Number) object).longValue());
        }
        if (object instanceof Double || object instanceof Float) {
            return new Real(((Number) object).doubleValue());
        }
        if (object instanceof CharSequence || object instanceof Character) {
            return new Str(object.toString());
        }
        if (object instanceof byte[] bytes) {
            return new Blob(ByteBuffer.wrap(bytes));
        }
        if (object instanceof ByteBuffer bytes) {
            return new Blob(bytes);
        }
        if (object instanceof Instant instant) {
            return new Time(instant);
        }
        throw new IllegalArgumentException("no scalar of class "
                + object.getClass().getName() + ": maps, lists and texts are made by the editors' map, list and text");
    }
}
