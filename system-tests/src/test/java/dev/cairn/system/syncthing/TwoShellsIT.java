package dev.cairn.system.syncthing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.Cairn;
import dev.cairn.simulation.syncthing.SyncthingDaemons;
import dev.cairn.simulation.syncthing.SyncthingOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two shells with two states and two folders, which only Syncthing joins: what the README tells a newcomer to do. */
final class TwoShellsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    @Test
    void twoPeopleEditOneTextAtOnceAndBothSeeBothEdits() throws IOException {
        SyncthingFleet.requireSyncthing();
        Path desk = Files.createDirectory(root.resolve("desk"));
        Path train = Files.createDirectory(root.resolve("train"));
        try (SyncthingDaemons daemons =
                SyncthingDaemons.start(List.of(desk, train), SyncthingOptions.scanningOnDemand())) {
            Shell ada = new Shell(desk, root.resolve("ada"));
            Shell bob = new Shell(train, root.resolve("bob"));
            ada.run("init", desk.toString(), "--name", "ada-desk");
            String code = ada.run("invite")
                    .lines()
                    .filter(line -> line.startsWith("cairn"))
                    .findFirst()
                    .orElseThrow();
            carry(daemons);
            bob.run("join", train.toString(), code, "--name", "bob-train");
            Path draft = Files.writeString(root.resolve("draft.md"), "Pack the lanterns\nWalk to the pass\n");
            ada.run("set", "expedition", "body", "--file", draft.toString());
            carry(daemons);
            assertThat(bob.run("get", "expedition", "body")).isEqualTo("Pack the lanterns\nWalk to the pass\n");

            ada.edit("s/Pack the lanterns/Pack the lanterns and rope/", "expedition", "body");
            bob.edit("s/Walk to the pass/Walk to the high pass/", "expedition", "body");
            carry(daemons);
            String merged = "Pack the lanterns and rope\nWalk to the high pass\n";
            assertThat(ada.run("get", "expedition", "body")).isEqualTo(merged);
            assertThat(bob.run("get", "expedition", "body")).isEqualTo(merged);
            assertNothingLeaks(desk);
            assertNothingLeaks(train);
        }
    }

    private static void carry(SyncthingDaemons daemons) {
        daemons.scan();
        daemons.awaitIdle(PATIENCE);
    }

    private static void assertNothingLeaks(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString()).doesNotContain("sync-conflict");
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(file.getFileName() + bytes)
                        .doesNotContain("expedition", "lanterns", "body", "ada-desk", "bob-train");
            }
        }
    }

    /** One person's shell. */
    private static final class Shell {
        private final Map<String, String> environment;
        private final Path state;

        Shell(Path folder, Path state) throws IOException {
            this.state = Files.createDirectory(state);
            this.environment = Map.of("CAIRN_SPACE", folder.toString(), "CAIRN_STATE", state.toString());
        }

        String run(String... words) {
            return run(environment, words);
        }

        /** Edits with {@code sed} in place of a person's editor. */
        void edit(String script, String... words) throws IOException {
            Path editor = state.resolveSibling(state.getFileName() + "-editor");
            Files.writeString(editor, "#!/bin/sh\nsed -i '" + script + "' \"$1\"\n");
            Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
            Map<String, String> withEditor = new java.util.HashMap<>(environment);
            withEditor.put("EDITOR", editor.toString());
            withEditor.put("VISUAL", editor.toString());
            String[] all = Stream.concat(Stream.of("edit"), Stream.of(words)).toArray(String[]::new);
            run(withEditor, all);
        }

        private static String run(Map<String, String> environment, String... words) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int status = Cairn.run(
                    words,
                    new ByteArrayInputStream(new byte[0]),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    environment);
            assertThat(status)
                    .as(String.join(" ", words) + ": " + err.toString(StandardCharsets.UTF_8))
                    .isZero();
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}
