package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fleet from a seed, played by the command. */
final class SimulateCommandTest {
    private static final String[] SMALL = {"simulate", "--devices", "2", "--hours", "0.5", "--profile", "syncthing"};

    @TempDir
    private Path directory;

    private Desk.Said simulate(String... more) {
        String[] all = new String[SMALL.length + more.length];
        System.arraycopy(SMALL, 0, all, 0, SMALL.length);
        System.arraycopy(more, 0, all, SMALL.length, more.length);
        return new Desk(directory, "desk").tries(all);
    }

    @Test
    void aSeedIsPlayedAndToldInOneDocument() throws Exception {
        Desk.Said said = simulate("--seed", "3", "--json");
        assertThat(said.status()).as(said.toString()).isZero();
        JsonNode json = new ObjectMapper().readTree(said.out());
        assertThat(json.at("/ok").asBoolean()).isTrue();
        assertThat(json.at("/seed").asLong()).isEqualTo(3);
        assertThat(json.at("/broken")).isEmpty();
        assertThat(json.at("/acknowledged").asInt()).isPositive();
        assertThat(json.at("/replay").asText())
                .isEqualTo("cairn simulate --seed 3 --profile syncthing --devices 2 --hours 0.5 --faults all");
    }

    @Test
    void theSameSeedLeavesTheSameTraceByteForByte() throws Exception {
        Desk desk = new Desk(directory, "desk");
        simulate("--seed", "5", "--trace", "one.txt");
        simulate("--seed", "5", "--trace", "two.txt");
        Path one = desk.folder().resolve("one.txt");
        assertThat(Files.size(one)).isGreaterThan(1_000);
        assertThat(Files.mismatch(one, desk.folder().resolve("two.txt"))).isEqualTo(-1);
    }

    @Test
    void manySeedsEndWithASummary() {
        assertThat(simulate("--seeds", "1..2", "--faults", "kill,bit-flip").out())
                .startsWith("2 runs, ")
                .endsWith("every rule held\n");
    }

    @Test
    void howMuchWasRetiredUnderALeaderIsSaid() throws Exception {
        String[] led = {"simulate", "--mixed", "--leader", "--seeds", "1..2"};
        Desk desk = new Desk(directory, "desk");
        assertThat(desk.run(led)).matches("2 runs, .* \\d+ segments retired in \\d+ withdrawals, .*\n");
        String[] json = Arrays.copyOf(led, led.length + 1);
        json[led.length] = "--json";
        assertThat(new ObjectMapper()
                        .readTree(desk.tries(json).out())
                        .at("/retirement/segments")
                        .isInt())
                .isTrue();
    }

    @Test
    void whatAMixedRunIsMadeOfFollowsFromItsSeed() throws Exception {
        Desk.Said said = new Desk(directory, "desk").tries("simulate", "--mixed", "--seed", "9", "--json");
        assertThat(said.status()).as(said.toString()).isZero();
        assertThat(new ObjectMapper().readTree(said.out()).at("/replay").asText())
                .startsWith("cairn simulate --seed 9 --profile perfect --devices 2 --hours 0.66")
                .endsWith(" --faults all");
    }

    @Test
    void theCompanyOfAMixedRunFollowsFromItsSeedToo() throws Exception {
        Desk desk = new Desk(directory, "desk");
        JsonNode mixed = new ObjectMapper()
                .readTree(desk.run("simulate", "--mixed", "--mixed-company", "--seed", "27", "--json"));
        assertThat(mixed.at("/company"))
                .map(JsonNode::asText)
                .containsExactly("hostile", "leader", "sealed", "shared-codes");
        String replay = mixed.at("/replay").asText();
        assertThat(replay)
                .startsWith("cairn simulate --seed 27 --profile perfect --devices 2 ")
                .endsWith(" --faults all --hostile --leader --sealed --shared-codes");
        JsonNode again =
                new ObjectMapper().readTree(desk.run((replay.substring("cairn ".length()) + " --json").split(" ")));
        assertThat(again).as("the same run").isEqualTo(mixed);
    }

    @Test
    void whoIsInTheCompanyIsSaid() {
        assertThat(new Desk(directory, "desk").run("simulate", "--mixed", "--mixed-company", "--seed", "8"))
                .matches("seed 8: ok, \\d devices \\(sealed\\), .*\n");
        assertThat(simulate("--seed", "3").out()).matches("seed 3: ok, \\d devices, .*\n");
    }

    /** A seed chooses one thing only: what is chosen twice, or for nobody, is refused. */
    @ParameterizedTest
    @CsvSource({
        "--mixed --mixed-company --hostile, leave out --hostile",
        "--mixed --mixed-company --shared-codes, leave out --hostile",
        "--mixed --mixed-company --devices 3, leave out --profile",
        "--mixed-company --sealed, leave out --hostile",
        "--mixed-company, use --mixed"
    })
    void whatTheSeedChoosesIsNotChosenBesides(String words, String advice) {
        Desk.Said said = new Desk(directory, "desk").tries(("simulate " + words).split(" "));
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err()).startsWith("cairn: ").contains(advice).hasLineCount(1);
    }

    @Test
    void whatCanGoWrongHasNames() {
        assertThat(new Desk(directory, "desk").run("simulate", "--list")).contains("nextcloud", "power-loss", "cloned");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--devices 0",
                "--devices 33",
                "--hours 0",
                "--hours NaN",
                "--hours -1",
                "--profile floppy",
                "--mixed --devices 3",
                "--mixed --profile rsync",
                "--faults flood",
                "--faults use",
                "--faults kill,",
                "--seeds 5..1",
                "--seeds 1",
                "--seeds a..b"
            })
    void whatMakesNoSenseIsRefused(String words) {
        Desk.Said said = new Desk(directory, "desk").tries(("simulate " + words).split(" "));
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err()).startsWith("cairn: ").hasLineCount(1);
    }

    @Test
    void oneSeedAndManyAtOnceAreRefused() {
        assertThat(simulate("--seed", "1", "--seeds", "1..2").status()).isEqualTo(2);
    }

    @Test
    void aTraceWhichCannotBeWrittenIsAnEnvironmentFailure() {
        assertThat(simulate("--trace", "no/such/place").status()).isEqualTo(3);
    }

    @Test
    void nightsOfElectionsAreATable() throws Exception {
        Desk desk = new Desk(directory, "desk");
        String[] words = {"simulate", "--election", "--seeds", "0..1", "--hours", "1", "--devices", "10"};
        JsonNode table = new ObjectMapper()
                .readTree(desk.run(
                        Stream.concat(Stream.of(words), Stream.of("--json")).toArray(String[]::new)));
        assertThat(table.at("/ok").asBoolean()).isTrue();
        assertThat(table.at("/nights").asInt()).isEqualTo(2);
        assertThat(table.at("/rows")).hasSize(18);
        assertThat(table.at("/idleFilesPerDay").asLong()).isPositive();
        for (JsonNode row : table.at("/rows")) {
            assertThat(row.get("noLeaderPercent").asDouble()).isBetween(0.0, 100.0);
        }
        String text = desk.run(words);
        assertThat(text).startsWith("FLEET").contains("published idea", "quorum", "An idle fleet of 10 writes");
        assertThat(desk.run(words)).as("the same seeds, the same nights").isEqualTo(text);
        assertThat(desk.tries("simulate", "--election", "--devices", "0").status())
                .isEqualTo(2);
        assertThat(desk.tries("simulate", "--election", "--hours", "0").status())
                .isEqualTo(2);
    }
}
