package dev.cairn.format.inspect;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.Cobblestone;
import dev.cairn.format.file.EnvelopeHeader;
import dev.cairn.format.inspect.Field.Layer;
import java.util.List;
import java.util.function.LongFunction;

/** The fields of a file which are readable without a key (SPEC section "Envelope"). */
final class EnvelopeFields {
    private static final int CHUNKS_AT = 136;
    private static final int CHUNK_SIZE = Cobblestone.CHUNK_SIZE + Cobblestone.TAG_SIZE;
    private static final int TRAILER_SIZE = 48;

    private final Bytes file;
    private final FieldList list;

    private EnvelopeFields(Bytes file) {
        this.file = file;
        this.list = new FieldList(Layer.FILE, file);
    }

    static List<Field> of(Bytes file) {
        EnvelopeFields fields = new EnvelopeFields(file);
        if (EnvelopeHeader.hasMagic(file)) {
            fields.header();
            fields.chunks();
            fields.trailer();
        }
        return fields.list.fields();
    }

    private void header() {
        list.add(0, 8, "magic", "a Cairn file");
        number(
                8,
                1,
                "kind",
                value -> value
                        + FileKind.ofCode((int) value)
                                .map(kind -> " " + kind.label())
                                .orElse(" unknown"));
        number(9, 1, "major", value -> "version " + value);
        number(10, 1, "minor", Long::toString);
        number(11, 1, "suite", value -> value == 1 ? "1 Cobblestone-256" : value + " unknown");
        number(12, 4, "header length", Long::toString);
        number(16, 8, "file length", this::length);
        if (list.has(24, 16)) {
            list.add(24, 16, "space", SpaceId.of(list.at(24, 16)).toString());
        }
        if (list.has(40, 16)) {
            list.add(40, 16, "writer", WriterId.of(list.at(40, 16)).toString());
        }
        number(56, 8, "ordinal", Long::toUnsignedString);
        number(64, 4, "key epoch", value -> value == 0 ? "0 member log" : Long.toString(value));
        list.add(68, 12, "zero", "set aside");
        list.add(80, 24, "salt", "makes the key of this file");
        list.add(104, 32, "commitment", "to the key which opens it");
    }

    private void chunks() {
        int end = file.size() - TRAILER_SIZE;
        for (int at = CHUNKS_AT, number = 0; at < end; at += CHUNK_SIZE, number++) {
            int length = Math.min(CHUNK_SIZE, end - at);
            list.add(
                    at, length, "chunk " + number, Math.max(0, length - Cobblestone.TAG_SIZE) + " bytes and their tag");
        }
    }

    private void trailer() {
        int at = file.size() - TRAILER_SIZE;
        if (at < CHUNKS_AT) {
            return;
        }
        boolean right = file.slice(at, at + 32).equals(file.slice(0, at).sha256());
        list.add(at, 32, "digest", right ? "fits all bytes before" : "does NOT fit the bytes before");
        number(at + 32, 8, "file length", this::length);
        boolean ended = file.slice(at + 40).equals(Bytes.utf8("CRN-END\n"));
        list.add(at + 40, 8, "end magic", ended ? "the end of a Cairn file" : "NOT the end of a Cairn file");
    }

    private String length(long declared) {
        return declared == file.size() ? declared + " bytes" : declared + " bytes, but there are " + file.size();
    }

    private void number(int offset, int size, String name, LongFunction<String> meaning) {
        if (!list.has(offset, size)) {
            return;
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = (value << 8) | file.unsigned(offset + i);
        }
        list.add(offset, size, name, meaning.apply(value));
    }
}
