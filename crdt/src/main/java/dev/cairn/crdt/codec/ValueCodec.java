package dev.cairn.crdt.codec;

import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.time.Instant;

/** The encoding of scalars: a tag and what follows it; see the package's documentation. */
public final class ValueCodec {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INT = 3;
    private static final int REAL = 4;
    private static final int STRING = 5;
    private static final int BLOB = 6;
    private static final int TIME = 7;
    private static final long CANONICAL_NAN = 0x7ff8000000000000L;

    private ValueCodec() {}

    /** Checks what follows the tag and returns the position behind it. */
    static int skip(OperationReader reader, int tag, boolean element) {
        switch (tag) {
            case NULL, FALSE, TRUE -> {}
            case INT -> reader.varint();
            case REAL -> skipReal(reader);
            case STRING -> skipString(reader);
            case BLOB -> skipBlob(reader);
            case TIME -> skipTime(reader);
            default -> {
                boolean container =
                        element && tag >= Layout.CONTAINER_TAG && ContainerType.exists(tag - Layout.CONTAINER_TAG);
                if (!container) {
                    throw OperationReader.malformed("unknown value tag " + tag);
                }
            }
        }
        return reader.position;
    }

    private static void skipReal(OperationReader reader) {
        if (reader.remaining() < 8) {
            throw OperationReader.malformed("a double is cut off");
        }
        long bits = fixed(reader.bytes, reader.position);
        if (Double.isNaN(Double.longBitsToDouble(bits)) && bits != CANONICAL_NAN) {
            throw OperationReader.malformed("a second NaN");
        }
        reader.position += 8;
    }

    private static int length(OperationReader reader) {
        long length = reader.varint();
        if (length < 0 || length > reader.remaining()) {
            throw OperationReader.malformed("a value of " + length + " bytes in " + reader.remaining());
        }
        return (int) length;
    }

    private static void skipString(OperationReader reader) {
        int length = length(reader);
        int stop = reader.position + length;
        while (reader.position < stop) {
            reader.position = Utf8.skip(reader.bytes, reader.position, stop);
        }
    }

    private static void skipBlob(OperationReader reader) {
        int length = length(reader);
        reader.position += length;
    }

    private static void skipTime(OperationReader reader) {
        long seconds = reader.zigzag();
        long nanos = reader.varint();
        if (seconds < Instant.MIN.getEpochSecond()
                || seconds > Instant.MAX.getEpochSecond()
                || nanos < 0
                || nanos > 999_999_999) {
            throw OperationReader.malformed("an instant out of range");
        }
    }

    private static long fixed(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        return value;
    }

    /** Returns the length of the valid encoding of a scalar or a list's container that starts there. */
    public static int length(byte[] bytes, int start) {
        return switch (bytes[start]) {
            case INT -> 1 + width(bytes, start + 1);
            case REAL -> 9;
            case STRING, BLOB -> 1 + width(bytes, start + 1) + (int) varint(bytes, start + 1);
            case TIME -> {
                int seconds = width(bytes, start + 1);
                yield 1 + seconds + width(bytes, start + 1 + seconds);
            }
            default -> 1;
        };
    }

    /** Tells whether any of the valid elements between these places is a container. */
    public static boolean holdsContainer(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at += length(bytes, at)) {
            if (bytes[at] >= Layout.CONTAINER_TAG) {
                return true;
            }
        }
        return false;
    }

    /** Returns the scalar whose valid encoding starts there. */
    public static Value read(byte[] bytes, int start) {
        int position = start + 1;
        return switch (bytes[start]) {
            case NULL -> Value.NULL;
            case FALSE -> new Value.Bool(false);
            case TRUE -> new Value.Bool(true);
            case REAL -> new Value.Real(Double.longBitsToDouble(fixed(bytes, position)));
            default -> readVariable(bytes, start, position);
        };
    }

    private static Value readVariable(byte[] bytes, int start, int position) {
        long first = varint(bytes, position);
        int behind = position + width(bytes, position);
        return switch (bytes[start]) {
            case INT -> new Value.Int(unzigzag(first));
            case STRING -> new Value.Str(Utf8.string(bytes, behind, (int) first));
            case BLOB -> new Value.Blob(ByteBuffer.wrap(bytes, behind, (int) first));
            case TIME -> new Value.Time(Instant.ofEpochSecond(unzigzag(first), varint(bytes, behind)));
            default -> throw new IllegalStateException("a value tag which was checked is unknown: " + bytes[start]);
        };
    }

    private static long unzigzag(long raw) {
        return (raw >>> 1) ^ -(raw & 1);
    }

    private static long varint(byte[] bytes, int at) {
        long value = 0;
        int shift = 0;
        int position = at;
        while (bytes[position] < 0) {
            value |= (long) (bytes[position++] & 0x7f) << shift;
            shift += 7;
        }
        return value | ((long) bytes[position] << shift);
    }

    private static int width(byte[] bytes, int at) {
        int position = at;
        while (bytes[position] < 0) {
            position++;
        }
        return position + 1 - at;
    }

    /** Writes the encoding of a scalar. */
    public static void write(ByteSink sink, Value value) {
        if (value instanceof Value.Null) {
            sink.octet(NULL);
        } else if (value instanceof Value.Bool bool) {
            sink.octet(bool.value() ? TRUE : FALSE);
        } else if (value instanceof Value.Int integer) {
            sink.octet(INT);
            sink.zigzag(integer.value());
        } else if (value instanceof Value.Real real) {
            sink.octet(REAL);
            sink.fixed(Double.doubleToLongBits(real.value()));
        } else if (value instanceof Value.Str string) {
            byte[] utf8 = Utf8.bytes(string.value());
            sink.octet(STRING);
            sink.varint(utf8.length);
            sink.bytes(utf8, 0, utf8.length);
        } else if (value instanceof Value.Blob blob) {
            sink.octet(BLOB);
            sink.varint(blob.bytes().remaining());
            sink.bytes(blob.bytes());
        } else if (value instanceof Value.Time time) {
            sink.octet(TIME);
            Instant instant = time.value();
            long seconds = instant.getEpochSecond();
            sink.zigzag(seconds);
            sink.varint(instant.getNano());
        }
    }
}
