package dev.cairn.format.members;

import dev.cairn.format.Bytes;
import dev.cairn.format.cbor.CborWriter;
import dev.cairn.format.keys.DevicePublic;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Collects the pairs of one CBOR map and writes them in the order of their keys. */
final class FieldsWriter {
    private final SortedMap<Long, Bytes> values = new TreeMap<>();

    FieldsWriter put(long key, Consumer<CborWriter> item) {
        CborWriter writer = new CborWriter();
        item.accept(writer);
        if (values.put(key, writer.toBytes()) != null) {
            throw new IllegalStateException("field " + key + " twice");
        }
        return this;
    }

    <T> FieldsWriter putList(long key, List<T> list, BiConsumer<CborWriter, T> item) {
        return put(key, writer -> {
            writer.array(list.size());
            list.forEach(value -> item.accept(writer, value));
        });
    }

    FieldsWriter bytes(long key, Bytes value) {
        return put(key, writer -> writer.bytes(value));
    }

    FieldsWriter unsigned(long key, long value) {
        return put(key, writer -> writer.unsigned(value));
    }

    FieldsWriter bool(long key, boolean value) {
        return put(key, writer -> writer.bool(value));
    }

    FieldsWriter text(long key, String value) {
        return put(key, writer -> writer.text(value));
    }

    /** The two keys of a device or an invite, in {@code key} and the next one. */
    FieldsWriter keys(long key, DevicePublic keys) {
        return bytes(key, keys.signing().bytes()).bytes(key + 1, keys.sealing().bytes());
    }

    Bytes toBytes() {
        CborWriter writer = new CborWriter().map(values.size());
        for (Map.Entry<Long, Bytes> pair : values.entrySet()) {
            writer.key(pair.getKey()).encoded(pair.getValue());
        }
        return writer.toBytes();
    }
}
