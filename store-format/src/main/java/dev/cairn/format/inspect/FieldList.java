package dev.cairn.format.inspect;

import dev.cairn.format.Bytes;
import dev.cairn.format.inspect.Field.Layer;
import java.util.ArrayList;
import java.util.List;

/** Collects the fields of one layer; what lies behind its end is left out. */
final class FieldList {
    private static final int HEX_BYTES_MAX = 32;

    private final List<Field> fields = new ArrayList<>();
    private final Layer layer;
    private final Bytes bytes;

    FieldList(Layer layer, Bytes bytes) {
        this.layer = layer;
        this.bytes = bytes;
    }

    /** Whether all of {@code [offset, offset + length)} is there. */
    boolean has(int offset, int length) {
        return offset >= 0 && length >= 0 && offset <= bytes.size() - length;
    }

    Bytes at(int offset, int length) {
        return bytes.slice(offset, offset + length);
    }

    void add(int offset, int length, String name, String meaning) {
        if (!has(offset, length)) {
            return;
        }
        Bytes shown = at(offset, Math.min(length, HEX_BYTES_MAX));
        fields.add(new Field(layer, offset, length, name, shown.toHex(), meaning));
    }

    List<Field> fields() {
        return List.copyOf(fields);
    }
}
