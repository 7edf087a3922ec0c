package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cairn compact} and the decisions about devices that are gone. */
class CompactCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private static List<String> files(Path folder, String part) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(path -> path.contains(part))
                    .toList();
        }
    }

    private static void fill(Desk desk) {
        desk.run("init", ".", "--name", "desk");
        desk.tries(new Desk.Stdin("x".repeat(20_000)), "set", "book", "text", "--file", "-");
        for (int i = 0; i < 3; i++) {
            desk.run("set", "notes", "k" + i, "\"" + "abcdefgh".repeat(900 + i) + "\"");
        }
    }

    @Test
    void nothingToCompactIsSaidInOneLine() {
        Desk desk = new Desk(root, "desk");
        desk.run("init", ".");
        Desk.Said said = desk.tries("compact");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err()).startsWith("cairn: there is no change").hasLineCount(1);
        assertThat(desk.tries("compact", "--json").out()).contains("nothing_to_compact");
    }

    @Test
    void aDryRunChangesNothing() throws IOException {
        Desk desk = new Desk(root, "desk");
        fill(desk);
        JsonNode plan = JSON.readTree(desk.run("compact", "--dry-run", "--json"));
        assertThat(plan.get("dryRun").asBoolean()).isTrue();
        assertThat(plan.get("changes").asLong()).isPositive();
        assertThat(plan.get("changesSinceCheckpoint")).isEqualTo(plan.get("changes"));
        assertThat(desk.run("compact", "--dry-run")).endsWith("Nothing was done.\n");
        assertThat(files(desk.folder(), "checkpoints")).isEmpty();
    }

    @Test
    void theOnlyDeviceCompactsAndANewOneBeginsFromThat() throws IOException {
        Desk desk = new Desk(root, "desk");
        fill(desk);
        JsonNode made = JSON.readTree(desk.run("compact", "--only-device", "--json"));
        assertThat(made.get("new").asBoolean()).isTrue();
        assertThat(made.get("published").asBoolean()).isTrue();
        assertThat(files(desk.folder(), "checkpoints")).hasSize(1);
        assertThat(files(desk.folder(), "/changes/")).isEmpty();
        JsonNode again = JSON.readTree(desk.run("compact", "--json"));
        assertThat(again.get("new").asBoolean()).isFalse();
        assertThat(desk.run("status")).contains("compact  checkpoint of ");
        assertThat(JSON.readTree(desk.run("status", "--json")).get("compaction").get("checkpoints"))
                .hasSize(1);
        assertThat(desk.run("get", "notes", "k2")).contains("abcdefgh");
    }

    @Test
    void aCheckpointThatDoesNotReachTheFolderIsNotDone() throws IOException {
        Desk desk = new Desk(root, "desk");
        fill(desk);
        Path away = Files.move(desk.folder(), root.resolve("away"));
        Files.createDirectory(desk.folder());
        Desk.Said said = desk.tries("compact", "--space", desk.folder().toString());
        assertThat(said.status()).as(said::toString).isEqualTo(3);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith("cairn: the checkpoint is made and saved, but not all of it is in the folder: ")
                .endsWith(": mend that, then run 'cairn compact' again\n")
                .hasLineCount(1);
        Desk.Said json =
                desk.tries("compact", "--json", "--space", desk.folder().toString());
        assertThat(json.status()).isEqualTo(3);
        assertThat(JSON.readTree(json.out()).at("/error/code").asText()).isEqualTo("not_published");
        assertThat(files(desk.folder(), "checkpoints")).isEmpty();

        Files.delete(desk.folder());
        Files.move(away, desk.folder());
        assertThat(desk.run("compact")).contains("of 4 changes");
        assertThat(files(desk.folder(), "checkpoints")).hasSize(1);
    }

    @Test
    void withoutConfirmationTheSegmentsStay() {
        Desk desk = new Desk(root, "desk");
        fill(desk);
        assertThat(desk.run("compact")).startsWith("Checkpoint of ").contains("--only-device");
    }

    @Test
    void aDeviceIsRetiredAndComesBack() throws IOException {
        Desk desk = new Desk(root, "desk");
        fill(desk);
        String code = JSON.readTree(desk.run("invite", "--json")).get("code").asText();
        Desk phone = new Desk(root, "phone");
        copy(desk, phone);
        phone.run("join", ".", code, "--name", "phone");
        copy(phone, desk);
        assertThat(desk.tries("compact", "--only-device").status()).isEqualTo(1);
        assertThat(desk.tries("devices", "retire", "nobody").status()).isEqualTo(1);
        assertThat(desk.tries("devices", "retire", "desk").status()).isEqualTo(2);
        assertThat(desk.run("devices", "retire", "phone")).startsWith("phone is retired");
        assertThat(desk.tries("devices", "retire", "phone").status()).isEqualTo(1);
        copy(desk, phone);
        phone.run("set", "notes", "late", "1");
        assertThat(phone.run("status")).contains("devices return");
        assertThat(phone.run("devices", "return")).startsWith("This device is back");
        assertThat(phone.tries("devices", "return").status()).isEqualTo(1);
        copy(phone, desk);
        assertThat(desk.run("get", "notes", "late")).isEqualTo("1\n");
    }

    private static void copy(Desk from, Desk to) throws IOException {
        try (Stream<Path> all = Files.walk(from.folder())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path target = to.folder().resolve(from.folder().relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
