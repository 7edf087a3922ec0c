package dev.cairn.election.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process of a device takes part, and looking whether it does frees nothing. */
final class DriverLockTest {
    @TempDir
    Path directory;

    @Test
    void oneHoldsItUntilItIsClosed() throws IOException {
        DriverLock held = DriverLock.tryIn(directory).orElseThrow();
        assertThat(DriverLock.tryIn(directory)).isEmpty();
        assertThat(DriverLock.isHeld(directory.resolve(".")))
                .as("by whichever name")
                .isTrue();
        held.close();
        assertThat(DriverLock.isHeld(directory)).isFalse();
        DriverLock.tryIn(directory).orElseThrow().close();
    }

    /** The system frees all locks of a process on a file when it closes any of the file's channels. */
    @Test
    void whoeverLooksInTheSameProcessDoesNotFreeItForOthers() throws IOException, InterruptedException {
        Optional<DriverLock> held = DriverLock.tryIn(directory);
        DriverLock.tryIn(directory);
        assertThat(DriverLock.isHeld(directory)).isTrue();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Looking.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(other.inputReader().readLine()).isEqualTo("held");
        assertThat(other.waitFor()).isZero();
        held.orElseThrow().close();
        assertThat(Files.exists(directory.resolve("driver.lock"))).isTrue();
    }

    /** Another process. */
    static final class Looking {
        private Looking() {}

        public static void main(String[] words) throws IOException {
            System.out.println(DriverLock.isHeld(Path.of(words[0])) ? "held" : "free");
        }
    }
}
