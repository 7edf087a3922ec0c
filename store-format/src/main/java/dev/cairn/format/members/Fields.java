package dev.cairn.format.members;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.crypto.SealingKey;
import dev.cairn.format.crypto.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pairs of one canonical CBOR map, by key.
 *
 * <p>Keys below {@link #IGNORABLE} must be understood: what is left of them when everything known was taken tells a
 * newer version. Keys from there on may be ignored.
 */
final class Fields {
    static final long IGNORABLE = 128;
    private static final int PAIRS_MAX = 256;

    private final SortedMap<Long, Bytes> values = new TreeMap<>();

    private Fields() {}

    /** Reads a whole map from {@code item}, which must hold nothing else. */
    static Fields read(Bytes item) throws MalformedException {
        CborReader reader = new CborReader(item);
        Fields fields = new Fields();
        int pairs = reader.map(PAIRS_MAX);
        for (int i = 0; i < pairs; i++) {
            long key = reader.key();
            fields.values.put(key, reader.skip());
        }
        reader.end();
        return fields;
    }

    /** Whether a key is left which this version does not know and must not ignore. */
    boolean unknownLeft() {
        return !values.headMap(IGNORABLE).isEmpty();
    }

    boolean has(long key) {
        return values.containsKey(key);
    }

    /** Takes the item of {@code key} and reads it to its end. */
    <T> T take(long key, Item<T> item) throws MalformedException {
        Bytes value = values.remove(key);
        if (value == null) {
            throw new MalformedException("the field " + key + " is missing");
        }
        CborReader reader = new CborReader(value);
        T result = item.read(reader);
        reader.end();
        return result;
    }

    /** Takes an array of at most {@code max} items. */
    <T> List<T> takeList(long key, int max, Item<T> item) throws MalformedException {
        return take(key, reader -> {
            int size = reader.array(max);
            List<T> list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(item.read(reader));
            }
            return list;
        });
    }

    Bytes bytes(long key, int size) throws MalformedException {
        return take(key, reader -> reader.bytes(size)).compact();
    }

    long unsigned(long key, long max) throws MalformedException {
        return take(key, reader -> reader.unsigned(max));
    }

    boolean bool(long key) throws MalformedException {
        return take(key, CborReader::bool);
    }

    String text(long key, int max) throws MalformedException {
        return take(key, reader -> reader.text(max));
    }

    EntryId entryId(long key) throws MalformedException {
        return new EntryId(bytes(key, EntryId.SIZE));
    }

    DeviceId deviceId(long key) throws MalformedException {
        return DeviceId.of(bytes(key, DeviceId.SIZE));
    }

    WriterId writerId(long key) throws MalformedException {
        return WriterId.of(bytes(key, WriterId.SIZE));
    }

    UserId userId(long key) throws MalformedException {
        return new UserId(bytes(key, UserId.SIZE));
    }

    VerifyingKey verifyingKey(long key) throws MalformedException {
        return VerifyingKey.of(bytes(key, VerifyingKey.SIZE))
                .orElseThrow(() -> new MalformedException("the Ed25519 key in field " + key + " is not valid"));
    }

    SealingKey sealingKey(long key) throws MalformedException {
        return SealingKey.of(bytes(key, SealingKey.SIZE))
                .orElseThrow(() -> new MalformedException("the X25519 key in field " + key + " is not valid"));
    }

    /** How one item is read. */
    interface Item<T> {
        T read(CborReader reader) throws MalformedException;
    }
}
