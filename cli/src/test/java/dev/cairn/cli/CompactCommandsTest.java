package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.replica.store.PublisherLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    void theOnlyDeviceReliesOnItsCheckpointWithoutAnySegmentToo() {
        Desk desk = new Desk(root, "desk");
        desk.run("init", desk.folder().toString());
        desk.run("set", "notes", "k", "1");
        assertThat(desk.run("compact", "--only-device"))
                .startsWith("Checkpoint of 1 change")
                .doesNotContain("waits");
        assertThat(desk.run("status")).contains("checkpoint of 1 change by desk, confirmed");
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
        assertThat(desk.run("compact")).startsWith("Checkpoint of ").containsOnlyOnce("--only-device");
    }

    @Test
    void theOnlyDeviceIsNotToldToWaitForAnother() throws IOException {
        Desk desk = new Desk(root, "desk");
        fill(desk);
        assertThat(desk.run("compact", "--dry-run")).containsOnlyOnce("--only-device");
        desk.run("compact");
        for (String said : List.of(desk.run("status"), desk.run("compact", "--dry-run"))) {
            assertThat(said)
                    .contains("waits    there is no other device to confirm a checkpoint")
                    .containsOnlyOnce("'cairn compact --only-device'")
                    .doesNotContain("no other device has confirmed");
        }
        JsonNode holds = JSON.readTree(desk.run("status", "--json")).at("/compaction/holds");
        assertThat(holds).singleElement().asString().contains("--only-device");
        desk.run("compact", "--only-device");
        assertThat(desk.run("status")).doesNotContain("waits    ");
    }

    @Test
    void oneOfSeveralDevicesIsToldToWaitForAnother() throws IOException {
        Desk desk = new Desk(root, "desk");
        fill(desk);
        joined(desk, "writer");
        desk.run("compact");
        assertThat(desk.run("status"))
                .contains("waits    no other device has confirmed a checkpoint yet")
                .doesNotContain("--only-device");
    }

    private Desk joined(Desk desk, String role) throws IOException {
        String code = JSON.readTree(desk.run("invite", "--role", role, "--json"))
                .get("code")
                .asText();
        Desk phone = new Desk(root, "phone");
        copy(desk, phone);
        phone.run("join", ".", code, "--name", "phone");
        copy(phone, desk);
        return phone;
    }

    @Test
    void everyRetirementThatCannotBeSaysWhy() throws IOException {
        Desk desk = new Desk(root, "desk");
        desk.run("init", ".", "--name", "desk");
        Desk phone = joined(desk, "writer");
        refuses(desk, "desk", 2, "usage", "this is the device you are on: retire it from another one");
        refuses(desk, "nobody", 1, "not_found", "no device nobody: see 'cairn devices'");
        refuses(desk, "", 1, "not_found", "no device : see 'cairn devices'");
        refuses(
                phone,
                "desk",
                1,
                "read_only_role",
                "the role of this device does not allow it to retire desk: ask an admin or the owner");
        assertThat(desk.run("devices")).doesNotContain("retired");
        JsonNode done = JSON.readTree(desk.run("devices", "retire", "phone", "--json"));
        assertThat(done.get("decision").asText()).isEqualTo("retired");
        refuses(desk, "phone", 1, "already_retired", "phone is retired already: see 'cairn devices'");
        assertThat(desk.run("devices")).contains("writer, retired");
        JsonNode devices = JSON.readTree(desk.run("devices", "--json")).get("devices");
        assertThat(devices.get(0).get("retired").asBoolean()).isFalse();
        assertThat(devices.get(1).get("retired").asBoolean()).isTrue();
        assertThat(desk.run("status")).contains("writer, retired");
    }

    @Test
    void theLastOwnerMayBeRetiredSinceItLosesNothing() throws IOException {
        Desk desk = new Desk(root, "desk");
        desk.run("init", ".", "--name", "desk");
        Desk phone = joined(desk, "admin");
        assertThat(phone.run("devices", "retire", "desk")).startsWith("desk is retired");
        copy(phone, desk);
        assertThat(desk.run("devices")).contains("owner, retired");
        desk.run("set", "notes", "a", "1");
        assertThat(desk.run("devices", "return")).startsWith("This device is back");
        copy(desk, phone);
        assertThat(phone.run("devices")).doesNotContain("retired");
        assertThat(phone.run("get", "notes", "a")).isEqualTo("1\n");
    }

    private static void refuses(Desk desk, String device, int status, String code, String message) throws IOException {
        Desk.Said said = desk.tries("devices", "retire", device);
        assertThat(said.status()).as(said::toString).isEqualTo(status);
        assertThat(said.err()).isEqualTo("cairn: " + message + "\n");
        Desk.Said json = desk.tries("devices", "retire", device, "--json");
        assertThat(json.status()).isEqualTo(status);
        assertThat(JSON.readTree(json.out()).at("/error/code").asText()).isEqualTo(code);
        assertThat(JSON.readTree(json.out()).at("/error/message").asText()).isEqualTo(message);
    }

    @Test
    void whatAnInterruptedRunLeftGoesUnlessAnotherIsAtWork() throws Exception {
        Desk desk = new Desk(root, "desk");
        fill(desk);
        Path state = root.resolve("desk").resolve("state");
        Path left = Files.write(state.resolve("image-scratch.db"), new byte[100]);
        Files.write(state.resolve("image-out.db-journal"), new byte[100]);
        new PublisherLock(state)
                .alone(() -> CompletableFuture.supplyAsync(() -> desk.run("get", "notes", "k0"))
                        .join());
        assertThat(left).exists();
        desk.run("get", "notes", "k0");
        assertThat(files(state, "image-")).isEmpty();
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
