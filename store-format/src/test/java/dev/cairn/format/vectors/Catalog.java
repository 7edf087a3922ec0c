package dev.cairn.format.vectors;

import dev.cairn.format.Bytes;
import dev.cairn.format.log.Fixture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the vectors of one directory; each has one fault or none. */
final class Catalog {
    private final String directory;
    private final List<VectorFile> vectors = new ArrayList<>();

    Catalog(String directory) {
        this.directory = directory;
    }

    List<VectorFile> vectors() {
        return List.copyOf(vectors);
    }

    /** A vector of any kind; {@code more} holds names and values of further fields in turn. */
    void add(String name, String read, String expect, String description, Bytes payload, String... more) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("description", description);
        fields.put("read", read);
        fields.put("expect", expect);
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        vectors.add(new VectorFile(directory + "/" + name, fields, payload));
    }

    /** A whole file of the fixed space, with its key and device. */
    void file(String name, String read, String expect, String description, Bytes file, String... more) {
        List<String> fields = new ArrayList<>(List.of(
                "space", Fixture.SPACE.toString(),
                "epoch key 1", epochKey(),
                "device", Fixture.DEVICE.toString(),
                "device key", Fixture.KEY.verifyingKey().bytes().toHex()));
        fields.addAll(List.of(more));
        add(name, read, expect, description, file, fields.toArray(String[]::new));
    }

    private static String epochKey() {
        ByteBuffer key = ByteBuffer.allocate(32);
        Fixture.EPOCH.writeTo(key);
        return Bytes.copyOf(key.flip()).toHex();
    }
}
