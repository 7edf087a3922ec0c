package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.merge.verify.Verification;
import dev.cairn.merge.verify.VerifyReport;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private Desk laptop;
    private Path folder;

    @BeforeEach
    void aSpaceWithChanges() {
        laptop = new Desk(root, "laptop");
        folder = laptop.folder();
        laptop.run("init", folder.toString());
        laptop.run("set", "today", "a", "1");
        laptop.run("set", "today", "b", "2");
    }

    @Test
    void aSoundFolderIsClean() throws IOException {
        Desk.Said said = laptop.tries("verify");
        assertThat(said.status()).as(said.toString()).isZero();
        assertThat(said.out()).startsWith("clean: ").contains("2 changes of 1 writer\n");
        JsonNode report = json(laptop.tries("verify", "--json", "--no-keys"));
        assertThat(report.get("clean").asBoolean()).isTrue();
        assertThat(report.get("withKeys").asBoolean()).isFalse();
        assertThat(laptop.tries("verify", root.resolve("none").toString()).status())
                .isEqualTo(3);
    }

    @Test
    void aCopyOnAStickIsCheckedAndNotTouched() throws IOException {
        Path stick = root.resolve("stick");
        copy(folder, stick);
        List<String> before = names(stick);
        assertThat(laptop.tries("verify", stick.toString()).status()).isZero();
        assertThat(names(stick)).isEqualTo(before);
        Desk stranger = new Desk(root, "stranger");
        JsonNode report = json(stranger.tries("verify", stick.toString(), "--json"));
        assertThat(report.get("withKeys").asBoolean()).isFalse();
        assertThat(report.get("clean").asBoolean()).isTrue();
    }

    @Test
    void keysThatCannotBeUsedAreNotCalledNone() throws IOException {
        Path keys = state().resolve("keys");
        byte[] sound = Files.readAllBytes(keys);
        Path stick = root.resolve("stick");
        copy(folder, stick);
        if (Files.getFileStore(keys).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
            refusesKeys("other users may read or change the keys in " + keys + "; run: chmod 600 " + keys, stick);
            Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        }
        byte[] damaged = sound.clone();
        damaged[sound.length / 2] ^= 1;
        Files.write(keys, damaged);
        refusesKeys(keys + " is damaged; restore it from a backup, or join the space again", stick);
        Files.write(keys, sound);
        assertThat(laptop.tries("verify", stick.toString()).out()).contains("2 changes of 1 writer");
    }

    private void refusesKeys(String cause, Path stick) throws IOException {
        for (String[] words : new String[][] {{"verify"}, {"verify", stick.toString()}, {"merge", stick.toString()}}) {
            Desk.Said said = laptop.tries(words);
            assertThat(said.status()).as(said::toString).isEqualTo(3);
            assertThat(said.out()).isEmpty();
            assertThat(said.err())
                    .startsWith("cairn: " + cause + "; or ")
                    .contains("--no-keys")
                    .hasLineCount(1);
        }
        JsonNode error = json(laptop.tries("verify", "--json")).get("error");
        assertThat(error.get("code").asText()).isEqualTo("bad_identity");
        JsonNode report = json(laptop.tries("verify", "--no-keys", "--json"));
        assertThat(report.get("withKeys").asBoolean()).isFalse();
        assertThat(report.get("clean").asBoolean()).isTrue();
        assertThat(laptop.tries("merge", stick.toString(), "--no-keys").status())
                .isZero();
        Path head = files(folder).stream()
                .filter(file -> file.getFileName().toString().startsWith("head-"))
                .findFirst()
                .orElseThrow();
        assertThat(laptop.tries("inspect", head.toString()).err()).isEqualTo("cairn: without keys: " + cause + "\n");
    }

    @Test
    void progressIsShownOnATerminalByTheCommonBar() {
        Desk.Said said = laptop.onTerminal().tries("verify");
        assertThat(said.status()).as(said::toString).isZero();
        assertThat(said.err()).contains("\rverify [").contains("] 100 %").endsWith(" \r");
        assertThat(laptop.tries("verify", "--json").err()).isEmpty();
    }

    @Test
    void everyFlippedByteIsFound() throws IOException {
        FolderKeys keys = FolderKeys.load(folder, SpaceOptions.inState(state()));
        for (Path file : files(folder)) {
            byte[] sound = Files.readAllBytes(file);
            for (int at = 0; at < sound.length; at += sound.length < 400 ? 1 : 7) {
                byte[] flipped = sound.clone();
                flipped[at] ^= 1;
                Files.write(file, flipped);
                assertThat(verify(Optional.of(keys)).isClean())
                        .as("byte %d of %s", at, file)
                        .isFalse();
            }
            Files.write(file, sound);
        }
        assertThat(verify(Optional.of(keys)).isClean()).isTrue();
    }

    @Test
    void aTruncatedAMissingAndAForeignFileAreNamed() throws IOException {
        Path head = files(folder).stream()
                .filter(file -> file.getFileName().toString().startsWith("head-"))
                .findFirst()
                .orElseThrow();
        byte[] sound = Files.readAllBytes(head);
        Files.write(head, java.util.Arrays.copyOf(sound, sound.length / 2));
        assertThat(codes(json(laptop.tries("verify", "--json")))).contains("incomplete");
        Files.write(head, sound);
        Files.copy(head, head.resolveSibling("head-0.sync-conflict-20260101-120000-ABCDEFG.cairn"));
        Desk.Said copied = laptop.tries("verify", "--json");
        assertThat(copied.status()).isZero();
        assertThat(codes(json(copied))).contains("misplaced", "duplicate");
        Files.delete(folder.resolve("cairn-space.json"));
        assertThat(codes(json(laptop.tries("verify", folder.toString(), "--json"))))
                .contains("no_marker");
    }

    private Path state() {
        return root.resolve("laptop").resolve("state");
    }

    private VerifyReport verify(Optional<FolderKeys> keys) throws IOException {
        return new Verification(folder, FolderOptions.direct(Clock.systemUTC()), keys, Runnable::run, bytes -> {})
                .run();
    }

    private static List<String> codes(JsonNode report) {
        List<String> codes = new ArrayList<>();
        report.get("findings").forEach(finding -> codes.add(finding.get("code").asText()));
        return codes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        return files(folder).stream().map(Path::toString).toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private static JsonNode json(Desk.Said said) throws IOException {
        return JSON.readTree(said.out());
    }
}
