package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code cairn doctor} prints and how it ends; the causes themselves are tried where they are found. */
class DoctorCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private Desk desk;

    @BeforeEach
    void aSpaceWithAChange() {
        desk = new Desk(root, "desk");
        desk.run("init", ".");
        desk.run("set", "notes", "a", "1");
    }

    /** The causes but for the number of directories which the machine of the test watches. */
    private static List<String> causes(JsonNode list) {
        List<String> causes = new ArrayList<>();
        list.forEach(each -> causes.add(each.get("cause").asText()));
        causes.remove("watch_limit");
        return causes;
    }

    private JsonNode json(String... args) throws IOException {
        return JSON.readTree(desk.tries(args).out());
    }

    @Test
    void aHealthySpaceIsWell() throws IOException {
        assertThat(desk.run("doctor")).contains("well: ");
        JsonNode report = json("doctor", "--json");
        assertThat(report.get("well").asBoolean()).isTrue();
        assertThat(causes(report.get("found"))).isEmpty();
        assertThat(report.get("files").asInt()).isGreaterThan(1);
        assertThat(report.get("danger").asInt()).isZero();
    }

    @Test
    void aFaultIsNamedWithWhatCouldBeLostAndMended() throws IOException {
        Path marker = desk.folder().resolve("cairn-space.json");
        Files.delete(marker);
        Desk.Said said = desk.tries("doctor", "--space", desk.folder().toString());
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).contains("blocked marker_missing", "could be lost: ", "to do: ", "not well: ");
        assertThat(Files.exists(marker)).isFalse();
        JsonNode report =
                json("doctor", "--fix", "--json", "--space", desk.folder().toString());
        assertThat(causes(report.get("mended"))).containsExactly("marker_missing");
        assertThat(causes(report.get("found"))).isEmpty();
        assertThat(Files.exists(marker)).isTrue();
        assertThat(desk.run("get", "notes", "a")).isEqualTo("1\n");
    }

    @Test
    void withoutAFolderAndAStateThereIsNothingToExamine() throws IOException {
        Desk stranger = new Desk(root, "stranger");
        Desk.Said none =
                stranger.tries("doctor", "--space", root.resolve("none").toString(), "--json");
        assertThat(none.status()).isEqualTo(1);
        assertThat(causes(JSON.readTree(none.out()).get("found"))).contains("folder_missing");
        assertThat(stranger.with("CAIRN_STATE", "")
                        .with("XDG_STATE_HOME", root.toString())
                        .tries("doctor", "--space", root.resolve("none").toString())
                        .status())
                .isEqualTo(3);
        assertThat(stranger.tries("doctor").status()).isEqualTo(3);
        assertThat(stranger.tries("doctor", "--mend").status()).isEqualTo(2);
    }

    @Test
    void manyFilesOfOneCauseAreOneParagraph() throws IOException {
        for (int i = 0; i < 12; i++) {
            Files.writeString(desk.folder().resolve("foreign-" + i + ".txt"), "x");
        }
        String text = desk.tries("doctor").out();
        assertThat(text).contains("harmless foreign_file (12)", "and 7 more");
        try (Stream<String> lines = text.lines()) {
            assertThat(lines.filter(line -> line.contains("foreign-"))).hasSize(5);
        }
    }
}
