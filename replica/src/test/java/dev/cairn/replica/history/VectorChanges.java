package dev.cairn.replica.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The changes of a vector by their names, which it gives in an order in which they can be made. */
final class VectorChanges {
    private final Map<String, ChangeRun> runs = new TreeMap<>();
    private final Map<String, DeviceId> devices = new HashMap<>();

    /**
     * The changes in a vector.
     *
     * @param named for each its parents; or its {@code after}, {@code parents}, {@code writer} and {@code device}
     */
    VectorChanges(JsonNode named) {
        Map<String, String> ends = new HashMap<>();
        named.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            String writer = text(value, "writer").orElse(name.substring(0, 1).toUpperCase(Locale.ROOT));
            DeviceId device = device(text(value, "device").orElse(writer));
            Optional<String> after =
                    value.isArray() ? Optional.ofNullable(ends.put(writer, name)) : text(value, "after");
            devices.put(name, device);
            runs.put(
                    name,
                    change(
                            after.map(before -> run(before).after())
                                    .orElseGet(() -> ForkedHistory.origin(writer(writer), device)),
                            writer(writer),
                            texts(value.isArray() ? value : value.path("parents")),
                            runs.size()));
        });
    }

    /** The vectors in a file of this module. */
    static Stream<JsonNode> vectors(String file) throws IOException {
        List<JsonNode> vectors = new ArrayList<>();
        new ObjectMapper()
                .readTree(Files.readString(Path.of("vectors", file)))
                .get("vectors")
                .forEach(vectors::add);
        return vectors.stream();
    }

    private static Optional<String> text(JsonNode change, String field) {
        return Optional.ofNullable(change.get(field)).map(JsonNode::asText);
    }

    /** The time tells changes with the same number and the same parents apart. */
    private ChangeRun change(ChainPoint before, WriterId writer, Set<String> parents, int timeMillis) {
        long lamport = before.lamport();
        List<ChangeRef> references = new ArrayList<>();
        for (String parent : parents) {
            lamport = Math.max(lamport, run(parent).lamport(0));
            references.add(run(parent).ref(0));
        }
        references.sort(null);
        ChangeRun.Builder run = ChangeRun.builder(writer, before);
        run.add(new Change(lamport + 1, timeMillis, references, Optional.empty(), Bytes.empty()));
        return run.build();
    }

    static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** The devices of these names. */
    static Writers writers(JsonNode names) {
        return new Writers(texts(names).stream().map(VectorChanges::device).toList()::contains);
    }

    static WriterId writer(String name) {
        return new WriterId(1, name.charAt(0));
    }

    private static DeviceId device(String name) {
        return ForkedHistory.device(writer(name));
    }

    /** Their names. */
    Set<String> names() {
        return runs.keySet();
    }

    ChangeRun run(String name) {
        return Optional.ofNullable(runs.get(name)).orElseThrow();
    }

    /** A history takes a change in. */
    void come(History history, String name) {
        ChangeRun run = run(name);
        DeviceId device = Optional.ofNullable(devices.get(name)).orElseThrow();
        history.write(new Progress(), () -> history.link(device, run, ForkedHistory.origin(run.writer(), device)));
    }
}
