package dev.cairn.replica.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.replica.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes first, and whatever was known when it came, changes are called as the vectors say. */
final class NamingVectors {
    private static final int ORDERS = 12;

    @TempDir
    private Path scratch;

    private Writers writers = Writers.ALL;

    static Stream<JsonNode> vectors() throws IOException {
        return VectorChanges.vectors("naming.json");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theyAreCalledSo(JsonNode vector) {
        VectorChanges changes = new VectorChanges(vector.get("changes"));
        for (int order = 0; order < ORDERS; order++) {
            List<String> came = new ArrayList<>(changes.names());
            came.removeAll(VectorChanges.texts(vector.path("missing")));
            Random random = new Random(order);
            Collections.shuffle(came, random);
            try (LocalStore store = LocalStore.open(scratch.resolve("local-" + order + ".db"))) {
                writers = Writers.ALL;
                History history = History.open(store, new DeviceId(0, 0), () -> writers);
                int known = random.nextInt(came.size() + 1);
                came.subList(0, known).forEach(name -> changes.come(history, name));
                history.saveCheckpoint();
                writers = VectorChanges.writers(vector.get("writers"));
                came.subList(known, came.size()).forEach(name -> changes.come(history, name));
                history.catchUp();
                assertThat(history.documents().version().sequences())
                        .as(vector.get("name").asText())
                        .isEqualTo(named(vector.get("names"), changes));
            }
        }
    }

    /** The last number of each actor. */
    private static Map<ActorId, Long> named(JsonNode names, VectorChanges changes) {
        Map<ActorId, Long> version = new HashMap<>();
        names.forEach(name ->
                version.merge(actor(name.get(0).asText(), changes), name.get(1).asLong(), Math::max));
        return version;
    }

    private static ActorId actor(String name, VectorChanges changes) {
        Bytes id = name.length() == 1
                ? VectorChanges.writer(name).bytes()
                : Linker.branchActor(
                        changes.run(name).writer(), changes.run(name).chainHash(0));
        return new ActorId(id.getLong(0), id.getLong(8));
    }
}
