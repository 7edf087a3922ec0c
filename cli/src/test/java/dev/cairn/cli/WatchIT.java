package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cairn watch} as a process of its own, beside commands in another. */
final class WatchIT {
    @TempDir
    Path root;

    @Test
    void printsWhatAnotherProcessCommitsAndEndsCleanlyOnASignal() throws Exception {
        Desk laptop = new Desk(root, "laptop");
        laptop.run("init", laptop.folder().toString());
        Path noted = root.resolve("noted");
        Process watch = CairnProcess.of(
                        "watch",
                        "--json",
                        "--profile",
                        "fast",
                        "--space",
                        laptop.folder().toString(),
                        "--state",
                        root.resolve("laptop/state").toString(),
                        "--exec",
                        "echo \"$CAIRN_DOC $CAIRN_ORIGIN\" >> '" + noted + "'; echo ran >&2")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = watch.inputReader()) {
            assertThat(lines.readLine()).contains("\"watching\"");
            laptop.run("set", "today", "a", "1");
            assertThat(lines.readLine()).contains("\"document\":\"today\"");
            laptop.run("set", "tomorrow", "a", "1");
            assertThat(lines.readLine()).contains("\"document\":\"tomorrow\"");
            watch.destroy();
            assertThat(watch.waitFor()).isZero();
        } finally {
            watch.destroyForcibly();
        }
        assertThat(Files.readString(noted)).startsWith("today ");
    }
}
