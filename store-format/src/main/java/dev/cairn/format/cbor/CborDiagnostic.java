package dev.cairn.format.cbor;

import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;

/** Writes a deterministic CBOR item in the diagnostic notation of RFC 8949 section 8, for people. */
public final class CborDiagnostic {
    private CborDiagnostic() {}

    /** The whole of {@code item} on one line. */
    public static String of(Bytes item) throws MalformedException {
        CborReader reader = new CborReader(item);
        StringBuilder out = new StringBuilder();
        append(reader, item.size(), out);
        reader.end();
        return out.toString();
    }

    private static void append(CborReader reader, int max, StringBuilder out) throws MalformedException {
        switch (reader.peek()) {
            case UNSIGNED, NEGATIVE -> out.append(reader.integer(Long.MIN_VALUE, Long.MAX_VALUE));
            case BYTES -> out.append("h'").append(reader.bytes(0, max).toHex()).append('\'');
            case TEXT -> out.append('"').append(escape(reader.text(max))).append('"');
            case BOOLEAN -> out.append(reader.bool());
            case NULL -> {
                reader.nothing();
                out.append("null");
            }
            case ARRAY -> appendArray(reader, max, out);
            case MAP -> appendMap(reader, max, out);
        }
    }

    private static void appendArray(CborReader reader, int max, StringBuilder out) throws MalformedException {
        int size = reader.array(max);
        out.append('[');
        for (int i = 0; i < size; i++) {
            out.append(i == 0 ? "" : ", ");
            append(reader, max, out);
        }
        out.append(']');
    }

    private static void appendMap(CborReader reader, int max, StringBuilder out) throws MalformedException {
        int size = reader.map(max);
        out.append('{');
        for (int i = 0; i < size; i++) {
            out.append(i == 0 ? "" : ", ").append(reader.key()).append(": ");
            append(reader, max, out);
        }
        out.append('}');
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                out.append('\\').appendCodePoint(point);
            } else if (Character.isISOControl(point)) {
                out.append(String.format("\\u%04x", point));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }
}
