package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cairn leader} and {@code cairn leader-only} where nobody takes part yet; with a leader see LeaderIT. */
final class LeaderCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    @SuppressWarnings("NullAway.Init")
    private Desk desk;

    @BeforeEach
    void space() {
        desk = new Desk(root, "desk");
        desk.run("init", ".", "--name", "desk");
    }

    private void refuses(int status, String code, String... args) throws IOException {
        Desk.Said said = desk.tries(args);
        assertThat(said.status()).as(said.toString()).isEqualTo(status);
        assertThat(said.err()).startsWith("cairn: ").hasLineCount(1);
        List<String> json = new java.util.ArrayList<>(List.of(args));
        json.add("--json");
        JsonNode error = JSON.readTree(desk.tries(json.toArray(String[]::new)).out());
        assertThat(error.at("/error/code").asText()).isEqualTo(code);
        assertThat(error.at("/error/message").asText()).isNotEmpty();
    }

    @Test
    void nobodyLeads() throws IOException {
        Desk.Said said = desk.tries("leader");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).startsWith("leader   nobody");
        assertThat(desk.tries("leader", "status").out()).isEqualTo(said.out());
        JsonNode plain = JSON.readTree(desk.tries("leader", "--json").out());
        assertThat(plain.get("leader").isNull()).isTrue();
        assertThat(plain.get("leading").asBoolean()).isFalse();
        assertThat(plain.get("participants")).isEmpty();
        assertThat(plain.get("questions")).isEmpty();
    }

    @Test
    void whatIsAskedWaitsForTheWatch() throws IOException {
        assertThat(desk.run("leader", "request", "--reason", "a trip")).startsWith("asked: it is passed on");
        assertThat(JSON.readTree(desk.run("leader", "request", "--goal", "compact", "--json"))
                        .get("asked")
                        .asBoolean())
                .isTrue();
        assertThat(desk.run("leader", "cancel")).startsWith("the request is taken back");
        Desk.Said waited = desk.tries("leader", "request", "--wait", "1");
        assertThat(waited.status()).isEqualTo(4);
        assertThat(waited.out()).startsWith("not yet");
        assertThat(JSON.readTree(desk.tries("leader", "request", "--goal", "ping", "--wait", "1", "--json")
                                .out())
                        .toString())
                .isEqualTo("{\"done\":false,\"leading\":false}");
    }

    /** Seed 31 of the fleets under a leader: only the election reads this file, and the status tells of it. */
    @Test
    void theStatusTellsOfADamagedPaper() throws IOException {
        desk.run("set", "note", "title", "\"x\"");
        Path directory;
        try (Stream<Path> writers = Files.list(desk.folder().resolve("devices"))) {
            directory = writers.findFirst().orElseThrow();
        }
        byte[] head = Files.readAllBytes(directory.resolve("head-1.cairn"));
        Files.write(directory.resolve("lock.cairn"), Arrays.copyOf(head, 60));
        Files.write(directory.resolve("claim.cairn"), head);
        String place = "devices/" + directory.getFileName();
        assertThat(desk.run("status"))
                .containsPattern("file +" + place + "/lock.cairn: incomplete: .+")
                .containsPattern("file +" + place + "/claim.cairn: refused: .+");
        JsonNode files = JSON.readTree(desk.run("status", "--json")).get("files");
        assertThat(files)
                .extracting(file -> file.get("path").asText())
                .containsExactly(place + "/claim.cairn", place + "/lock.cairn");
        assertThat(files.get(1).get("reason").asText()).isEqualTo("INCOMPLETE");
        assertThat(files.get(1).get("state").asText()).isEqualTo("incomplete");
        Files.delete(directory.resolve("lock.cairn"));
        Files.delete(directory.resolve("claim.cairn"));
        assertThat(desk.run("status")).doesNotContain("file  ");
    }

    @Test
    void whoDoesNotLeadReleasesNothing() throws IOException {
        refuses(1, "not_leader", "leader", "release");
    }

    @Test
    void nobodyIsChosenWhoTakesNoPart() throws IOException {
        refuses(1, "not_found", "leader", "choose", "phone");
        refuses(2, "usage", "leader", "choose");
    }

    @Test
    void aReaderTakesNoPart() throws IOException {
        String code = desk.run("invite", "--role", "reader").strip();
        Desk reader = new Desk(root, "reader");
        copy(desk.folder(), reader.folder());
        reader.run("join", ".", code);
        for (String[] words : new String[][] {{"leader", "request"}, {"leader", "choose", "me"}}) {
            Desk.Said said = reader.tries(words);
            assertThat(said.status()).as(said.toString()).isEqualTo(1);
            assertThat(said.err())
                    .startsWith("cairn: this device may not write")
                    .hasLineCount(1);
        }
        assertThat(reader.tries("leader").out()).startsWith("leader   nobody");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path there = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(there);
                } else {
                    Files.copy(one, there);
                }
            }
        }
    }

    @Test
    void whatIsNotAskedIsNotAnswered() throws IOException {
        refuses(1, "not_asked", "leader", "answer", "only-device", "wait");
        refuses(1, "not_asked", "leader", "answer", "CHOOSE_LEADER", "me");
    }

    @Test
    void withoutASpaceEachCommandSaysSo() throws IOException {
        Desk elsewhere = new Desk(root, "elsewhere");
        for (String[] words : new String[][] {
            {"leader"},
            {"leader", "status"},
            {"leader", "request"},
            {"leader", "cancel"},
            {"leader", "release"},
            {"leader", "choose", "me"},
            {"leader", "answer", "only_device", "lead"},
            {"leader", "late"},
            {"leader", "watch"},
            {"watch", "--elect"},
            {"leader-only"},
            {"leader-only", "get", "rates"},
            {"leader-only", "set", "rates", "eur", "1"}
        }) {
            Desk.Said said = elsewhere.tries(words);
            assertThat(said.status()).as(String.join(" ", words)).isEqualTo(3);
            assertThat(said.err()).startsWith("cairn: ").hasLineCount(1);
        }
    }

    @Test
    void wordsThatMakeNoSenseAreRefused() throws IOException {
        refuses(2, "usage", "leader", "request", "--priority", "10");
        refuses(2, "usage", "leader", "request", "--priority", "-1");
        refuses(2, "usage", "leader", "request", "--expiry", "0");
        refuses(2, "usage", "leader", "request", "--hold", "x");
        refuses(2, "usage", "leader", "request", "--goal", "money");
        refuses(2, "usage", "leader", "request", "--reason", "é".repeat(129));
        refuses(2, "usage", "leader", "answer", "how_are_you", "fine");
        refuses(2, "usage", "leader", "watch", "--mode", "dictator");
        refuses(2, "usage", "leader", "watch", "--pace", "never");
        refuses(2, "usage", "watch", "--elect", "--mode", "dictator");
        refuses(2, "usage", "watch", "--only-device");
        refuses(2, "usage", "leader", "reign");
    }

    @Test
    void onlyALeaderWritesWhatIsTheLeaders() throws IOException {
        refuses(1, "leader_only", "leader-only", "set", "rates", "eur", "1.08");
        refuses(1, "leader_only", "leader-only", "rm", "rates", "eur");
        refuses(1, "leader_only", "set", "cairn/leader-only/rates", "eur", "1.08");
        refuses(2, "usage", "leader-only", "set", "rates", "eur", "[1]");
        refuses(2, "usage", "leader-only", "set", "rates", "eur", "nonsense");
        refuses(2, "usage", "leader-only", "set", "rates", "", "1");
        refuses(2, "usage", "leader-only", "set", "", "eur", "1");
        assertThat(desk.run("leader-only")).isEqualTo("no leader-only collections\n");
        assertThat(desk.run("leader-only", "--json")).isEqualTo("{\"collections\":[]}\n");
        assertThat(desk.run("leader-only", "get", "rates")).isEqualTo("{}\n");
        refuses(1, "not_found", "leader-only", "get", "rates", "eur");
    }

    @Test
    void nothingIsLate() throws IOException {
        assertThat(desk.run("leader", "late")).isEqualTo("no late writes\n");
        assertThat(desk.run("leader-only", "late", "--all", "--json")).isEqualTo("{\"late\":[]}\n");
        refuses(2, "usage", "leader-only", "accept", "rates", "x");
        refuses(1, "not_found", "leader-only", "accept", "rates", "0.1.caireeyuculbogazdinryhi6d4.1");
        refuses(1, "not_found", "leader-only", "dismiss", "rates", "0.1.caireeyuculbogazdinryhi6d4.1");
    }
}
