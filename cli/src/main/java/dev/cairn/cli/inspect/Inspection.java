package dev.cairn.cli.inspect;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.EnvelopeHeader;
import dev.cairn.format.file.ReadOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What is in a file: its fields as far as they go, and what a reader without a key makes of it. Torn, foreign and damaged
 * files are shown as far as they can be.
 *
 * @param size the file's bytes
 * @param fields what is where, in ascending order
 * @param outcome the reader's outcome, a stable word
 * @param explanation the outcome for people
 */
public record Inspection(long size, List<Field> fields, String outcome, String explanation) {
    private static final int HEX_BYTES_MAX = 16;
    private static final int SALT_AT = 80;
    private static final int COMMITMENT_AT = 104;
    private static final int CHUNKS_AT = 136;
    private static final int TRAILER_BYTES = 48;

    /** Copies the list. */
    public Inspection {
        fields = List.copyOf(fields);
    }

    /** Looks at the bytes of a file. */
    public static Inspection of(Bytes file) {
        ReadOutcome<Envelope.Identity> outcome = Envelope.inspect(file);
        List<Field> fields = EnvelopeHeader.hasMagic(file) ? fields(file) : List.of();
        return new Inspection(file.size(), fields, outcome.code(), outcome.text());
    }

    /** For programs. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("size", size);
        plain.put("outcome", outcome);
        plain.put("explanation", explanation);
        plain.put("fields", fields.stream().map(Inspection::plain).toList());
        return plain;
    }

    private static Map<String, Object> plain(Field field) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("offset", field.offset());
        plain.put("length", field.length());
        plain.put("name", field.name());
        plain.put("hex", field.hex());
        plain.put("meaning", field.meaning());
        return plain;
    }

    private static List<Field> fields(Bytes file) {
        Dump dump = new Dump(file);
        dump.field(0, 8, "magic", bytes -> "a Cairn file");
        dump.field(8, 1, "kind", bytes -> kind(bytes.unsigned(0)));
        dump.field(9, 1, "major", bytes -> Integer.toString(bytes.unsigned(0)));
        dump.field(10, 1, "minor", bytes -> Integer.toString(bytes.unsigned(0)));
        dump.field(11, 1, "suite", bytes -> bytes.unsigned(0) == 1 ? "1 (Cobblestone-256)" : "" + bytes.unsigned(0));
        dump.field(12, 4, "header length", bytes -> Integer.toString(bytes.getInt(0)));
        dump.field(16, 8, "file length", bytes -> length(bytes.getLong(0), file.size()));
        dump.field(24, 16, "space", bytes -> SpaceId.of(bytes).toString());
        dump.field(40, 16, "writer", bytes -> WriterId.of(bytes).toString());
        dump.field(56, 8, "ordinal", bytes -> Long.toUnsignedString(bytes.getLong(0)));
        dump.field(64, 4, "key epoch", bytes -> bytes.getInt(0) == 0 ? "0 (member log)" : "" + bytes.getInt(0));
        dump.field(68, 12, "zero", bytes -> "reserved");
        dump.field(SALT_AT, 24, "salt", bytes -> "of this file's key");
        dump.field(COMMITMENT_AT, 32, "commitment", bytes -> "to the key which opens it");
        int trailer = Math.max(CHUNKS_AT, file.size() - TRAILER_BYTES);
        dump.field(CHUNKS_AT, trailer - CHUNKS_AT, "content", bytes -> "encrypted, in chunks of 16 KiB");
        dump.field(trailer, 32, "SHA-256", bytes -> digest(bytes, file, trailer));
        dump.field(trailer + 32, 8, "file length", bytes -> length(bytes.getLong(0), file.size()));
        dump.field(trailer + 40, 8, "end magic", bytes -> "the file's end");
        return dump.fields;
    }

    private static String kind(int code) {
        return code + " ("
                + FileKind.ofCode(code)
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .orElse("unknown")
                + ")";
    }

    private static String length(long declared, int actual) {
        return declared == actual ? declared + " bytes" : declared + " bytes, but the file has " + actual;
    }

    private static String digest(Bytes found, Bytes file, int trailer) {
        return found.equals(file.slice(0, trailer).sha256())
                ? "right for all bytes before"
                : "WRONG for the bytes before";
    }

    private static final class Dump {
        private final Bytes file;
        private final List<Field> fields = new ArrayList<>();

        Dump(Bytes file) {
            this.file = file;
        }

        void field(int offset, int length, String name, Function<Bytes, String> meaning) {
            int end = Math.min(file.size(), offset + length);
            if (end <= offset) {
                return;
            }
            if (end < offset + length) {
                fields.add(new Field(offset, end - offset, name, hex(file.slice(offset, end)), "cut off here"));
            } else {
                Bytes bytes = file.slice(offset, end);
                fields.add(new Field(offset, length, name, hex(bytes), meaning.apply(bytes)));
            }
        }

        private static String hex(Bytes bytes) {
            return bytes.size() <= HEX_BYTES_MAX
                    ? bytes.toHex()
                    : bytes.slice(0, HEX_BYTES_MAX).toHex() + "...";
        }
    }
}
