package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.Fleet.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running process hears of short-lived ones, which save a checkpoint as they end. */
final class OtherProcessTest {
    @TempDir
    Path states;

    @Test
    void onlyTheDocumentsThatChangedAreTold() {
        try (Fleet fleet = new Fleet(states)) {
            Device running = fleet.create("running");
            running.space.commit(tx -> tx.on("old").map().put("a", 1));
            List<ChangeEvent> heard = new ArrayList<>();
            running.space.onChange(heard::add);
            for (String document : new String[] {"today", "tomorrow"}) {
                try (Space brief = Space.open(running.folder, running.options)) {
                    brief.commit(tx -> tx.on(document).map().put("a", 1));
                }
                running.space.duties();
            }
            assertThat(heard).extracting(ChangeEvent::origin).containsOnly(ChangeEvent.Origin.OTHER_PROCESS);
            assertThat(heard).extracting(ChangeEvent::changes).containsExactly(1L, 1L);
            assertThat(heard)
                    .extracting(event -> String.join(",", event.documents()))
                    .containsExactly("today", "tomorrow");
            assertThat(running.space.documents()).containsExactly("old", "today", "tomorrow");
            try (Space fresh = Space.open(running.folder, running.options)) {
                assertThat(fresh.stateHash()).isEqualTo(running.space.stateHash());
            }
        }
    }
}
