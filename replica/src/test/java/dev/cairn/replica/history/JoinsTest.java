package dev.cairn.replica.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.replica.store.LocalStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Joining as many heads as there are until one change can name the rest. */
class JoinsTest {
    private static final WriterId OWN = new WriterId(0, 1);

    @TempDir
    Path directory;

    private static ChainPoint origin(WriterId writer) {
        return ChainPoint.origin(new SpaceId(7, 8), writer, Bytes.owning(new byte[32]));
    }

    private static DeviceId device(WriterId writer) {
        return new DeviceId(writer.high(), writer.low());
    }

    /** One change of each of so many writers, of which none names another; lamport numbers differ. */
    private static List<ChangeRun> concurrent(int writers) {
        List<ChangeRun> runs = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            WriterId writer = new WriterId(1, i);
            ChangeRun.Builder run = ChangeRun.builder(writer, origin(writer));
            for (int lamport = 1; lamport <= 1 + i % 7; lamport++) {
                run.add(new Change(lamport, i, List.of(), Optional.empty(), Bytes.empty()));
            }
            runs.add(run.build());
        }
        return runs;
    }

    private static void link(History history, List<ChangeRun> runs) {
        history.write(new Progress(), () -> {
            runs.forEach(run -> history.link(device(run.writer()), run, origin(run.writer())));
            return true;
        });
    }

    @ParameterizedTest
    @CsvSource({"64, 0, 64", "65, 1, 2", "128, 1, 65", "129, 2, 2", "200, 3, 9"})
    void headsAreJoinedUntilAChangeCanNameThem(int writers, long joins, int heads) {
        List<ChangeRun> runs = concurrent(writers);
        try (LocalStore here = LocalStore.open(directory.resolve("here.db"));
                LocalStore there = LocalStore.open(directory.resolve("there.db"))) {
            History history = History.open(here, device(OWN), () -> Writers.ALL);
            link(history, runs);
            long made = history.write(new Progress(), () -> history.joinHeads(device(OWN), OWN, origin(OWN), 5));
            assertThat(made).isEqualTo(joins);
            assertThat(history.documents().heads().changes()).hasSize(heads);
            List<ChangeRun> backwards = new ArrayList<>(runs);
            backwards.addAll(history.stored().changesAfter(OWN, 0));
            Collections.reverse(backwards);
            History other = History.open(there, device(OWN), () -> Writers.ALL);
            link(other, backwards);
            assertThat(other.documents().heads()).isEqualTo(history.documents().heads());
            assertThat(History.open(here, device(OWN), () -> Writers.ALL)
                            .documents()
                            .heads())
                    .isEqualTo(history.documents().heads());
        }
    }
}
