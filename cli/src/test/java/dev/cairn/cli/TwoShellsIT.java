package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.simulation.syncthing.SyncthingDaemons;
import dev.cairn.simulation.syncthing.SyncthingOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two shells with a state directory each, and two folders which real Syncthing joins. */
final class TwoShellsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path root;

    @Test
    void bothSeeBothEditsAndTheFolderShowsNothing() throws IOException {
        boolean installed = SyncthingDaemons.available();
        if (!installed) {
            System.err.println("TwoShellsIT: syncthing is not installed: the commands over real daemons DID NOT RUN");
        }
        assumeTrue(installed, "syncthing is not installed");
        Desk laptop = new Desk(root, "laptop");
        Desk phone = new Desk(root, "phone");
        try (SyncthingDaemons daemons =
                SyncthingDaemons.start(List.of(laptop.folder(), phone.folder()), SyncthingOptions.scanningOnDemand())) {
            laptop.run("init", laptop.folder().toString());
            laptop.with("EDITOR", "printf 'plainmilk\\nplainbread\\nplaineggs\\n' >");
            laptop.run("edit", "plaindocument", "plainbody");
            String code = laptop.run("invite").strip();
            travel(daemons);
            phone.run("join", phone.folder().toString(), code);
            travel(daemons);

            daemons.pause(1);
            laptop.with("EDITOR", "sed -i s/plainmilk/oat-plainmilk/").run("edit", "plaindocument", "plainbody");
            phone.with("EDITOR", "sed -i s/plaineggs/ten-plaineggs/").run("edit", "plaindocument", "plainbody");
            daemons.resume(1);
            travel(daemons);

            String both = "oat-plainmilk\nplainbread\nten-plaineggs\n";
            assertThat(laptop.run("get", "plaindocument", "plainbody")).isEqualTo(both);
            assertThat(phone.run("get", "plaindocument", "plainbody")).isEqualTo(both);
        }
        showsNothing(laptop.folder());
        showsNothing(phone.folder());
    }

    private static void travel(SyncthingDaemons daemons) {
        daemons.scan();
        daemons.awaitIdle(PATIENCE);
    }

    private static void showsNothing(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString()).doesNotContain("sync-conflict").doesNotContain("plain");
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("plain")
                        .doesNotContain("laptop")
                        .doesNotContain("phone");
            }
        }
    }
}
