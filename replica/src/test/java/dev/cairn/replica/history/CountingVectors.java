package dev.cairn.replica.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.replica.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes first, the changes count which the vectors say. */
final class CountingVectors {
    private static final int ORDERS = 12;

    @TempDir
    private Path scratch;

    static Stream<JsonNode> vectors() throws IOException {
        return VectorChanges.vectors("counting.json");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theseCount(JsonNode vector) {
        VectorChanges changes = new VectorChanges(vector.get("changes"));
        Writers writers = VectorChanges.writers(vector.get("writers"));
        for (int order = 0; order < ORDERS; order++) {
            List<String> came = new ArrayList<>(VectorChanges.texts(vector.get("came")));
            Collections.shuffle(came, new Random(order));
            try (LocalStore store = LocalStore.open(scratch.resolve("local-" + order + ".db"))) {
                History history = History.open(store, new DeviceId(0, 0), () -> writers);
                came.forEach(name -> changes.come(history, name));
                assertThat(counting(history, changes))
                        .as(vector.get("name").asText())
                        .isEqualTo(VectorChanges.texts(vector.get("counts")));
            }
        }
    }

    private static Set<String> counting(History history, VectorChanges changes) {
        Set<String> counting = new HashSet<>();
        for (String name : changes.names()) {
            ChangeRun run = changes.run(name);
            if (history.documents().version().contains(new ChangeId(History.actor(run.writer()), run.firstSeq()))) {
                counting.add(name);
            }
        }
        return counting;
    }
}
