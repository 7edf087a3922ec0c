package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.simulation.syncthing.SyncthingDaemons;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user runs it; F02 with simulated and with real Syncthing. */
final class DemoIT {
    @TempDir
    Path root;

    @Test
    void f02TwoDevicesConvergeAfterAPartition() throws IOException {
        Desk.Said said = new Desk(root, "spectator").tries("demo", "--seconds", "6", "--json");
        assertThat(said.status()).as(said.toString()).isZero();
        isGood(new ObjectMapper().readTree(said.out()), 2);
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        String[] args = {"demo", "--seconds", "3", "--devices", "3", "--seed", "42", "--json"};
        Desk spectator = new Desk(root, "spectator");
        assertThat(state(spectator.run(args))).isEqualTo(state(spectator.run(args)));
    }

    @Test
    void pipedOutputIsPlainLines() {
        String out = new Desk(root, "spectator").run("demo", "--seconds", "3");
        assertThat(out).doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]").contains("laptop", "phone", "each exactly once");
    }

    @Test
    void f02ThreeDevicesConvergeOverRealSyncthing() throws IOException {
        boolean installed = SyncthingDaemons.available();
        if (!installed) {
            System.err.println("DemoIT: syncthing is not installed: the demo with real daemons DID NOT RUN");
        }
        assumeTrue(installed, "syncthing is not installed");
        Desk.Said said =
                new Desk(root, "spectator").tries("demo", "--syncthing", "--devices", "3", "--seconds", "9", "--json");
        assertThat(said.status()).as(said.toString()).isZero();
        isGood(new ObjectMapper().readTree(said.out()), 3);
    }

    private static void isGood(JsonNode result, int devices) {
        assertThat(result.at("/converged").asBoolean()).isTrue();
        assertThat(result.at("/devices").asInt()).isEqualTo(devices);
        assertThat(result.at("/faults")).isEmpty();
        assertThat(result.at("/conflictFiles").asInt()).isZero();
        assertThat(result.at("/sentences").asInt()).isGreaterThanOrEqualTo(devices);
        assertThat(result.at("/conflicts")).hasSize(1);
        assertThat(result.at("/leader").asText()).isIn("laptop", "phone", "tablet");
        assertThat(result.at("/checkpointChanges").asLong())
                .isGreaterThanOrEqualTo(result.at("/commits").asLong());
        assertThat(result.at("/confirmedBy")).isNotEmpty();
        assertThat(result.at("/authors")).hasSize(devices);
        int written = 0;
        for (JsonNode author : result.at("/authors")) {
            written += author.asInt();
        }
        assertThat(written).isGreaterThanOrEqualTo(result.at("/characters").asInt());
    }

    private static String state(String json) {
        try {
            return new ObjectMapper().readTree(json).at("/stateHashes").toString();
        } catch (IOException malformed) {
            throw new AssertionError(json, malformed);
        }
    }
}
