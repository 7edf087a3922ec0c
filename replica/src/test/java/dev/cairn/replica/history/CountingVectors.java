package dev.cairn.replica.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.replica.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes first, the changes count which the vectors say. */
final class CountingVectors {
    private static final Path FILE = Path.of("vectors", "counting.json");
    private static final int ORDERS = 12;

    @TempDir
    private Path scratch;

    static Stream<JsonNode> vectors() throws IOException {
        List<JsonNode> vectors = new ArrayList<>();
        new ObjectMapper().readTree(Files.readString(FILE)).get("vectors").forEach(vectors::add);
        return vectors.stream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theseCount(JsonNode vector) {
        Map<String, ChangeRun> changes = changes(vector.get("changes"));
        Writers writers = new Writers(texts(vector.get("writers")).stream()
                .map(name -> device(name.charAt(0)))
                .toList()::contains);
        for (int order = 0; order < ORDERS; order++) {
            List<String> came = new ArrayList<>(texts(vector.get("came")));
            Collections.shuffle(came, new Random(order));
            try (LocalStore store = LocalStore.open(scratch.resolve("local-" + order + ".db"))) {
                History history = History.open(store, new DeviceId(0, 0), () -> writers);
                for (String change : came) {
                    ChangeRun run = Optional.ofNullable(changes.get(change)).orElseThrow();
                    history.write(
                            new Progress(), () -> history.link(device(change.charAt(0)), run, origin(run.writer())));
                }
                assertThat(counting(history, changes))
                        .as(vector.get("name").asText())
                        .isEqualTo(texts(vector.get("counts")));
            }
        }
    }

    private static Set<String> counting(History history, Map<String, ChangeRun> changes) {
        Set<String> counting = new HashSet<>();
        changes.forEach((name, run) -> {
            if (history.documents().version().contains(new ChangeId(History.actor(run.writer()), run.firstSeq()))) {
                counting.add(name);
            }
        });
        return counting;
    }

    /** All changes, which a vector names in an order in which they can be made. */
    private static Map<String, ChangeRun> changes(JsonNode named) {
        Map<String, ChangeRun> changes = new TreeMap<>();
        Map<Character, ChainPoint> ends = new HashMap<>();
        named.properties().forEach(field -> {
            char writer = field.getKey().charAt(0);
            List<ChangeRun> parents =
                    texts(field.getValue()).stream().map(changes::get).toList();
            ChainPoint before = ends.getOrDefault(writer, origin(writer(writer)));
            long lamport = 1
                    + Math.max(
                            before.lamport(),
                            parents.stream()
                                    .mapToLong(run -> run.lamport(0))
                                    .max()
                                    .orElse(0));
            List<ChangeRef> references =
                    parents.stream().map(run -> run.ref(0)).sorted().toList();
            ChangeRun.Builder run = ChangeRun.builder(writer(writer), before);
            run.add(new Change(lamport, 0, references, Optional.empty(), Bytes.empty()));
            changes.put(field.getKey(), run.build());
            ends.put(writer, changes.get(field.getKey()).after());
        });
        return changes;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static WriterId writer(char name) {
        return new WriterId(1, name);
    }

    private static DeviceId device(char name) {
        return ForkedHistory.device(writer(name));
    }

    private static ChainPoint origin(WriterId writer) {
        return ForkedHistory.origin(writer);
    }
}
