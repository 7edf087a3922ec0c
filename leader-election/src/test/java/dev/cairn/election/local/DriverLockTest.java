package dev.cairn.election.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.time.VirtualTime;
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

    @Test
    void whatAnotherProcessHoldsNobodyHereTakes() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holding.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(other.inputReader().readLine()).isEqualTo("held");
        assertThat(DriverLock.tryIn(directory)).isEmpty();
        assertThat(DriverLock.isHeld(directory)).isTrue();
        other.outputWriter().close();
        assertThat(other.waitFor()).isZero();
        assertThat(DriverLock.isHeld(directory)).as("freed with its process").isFalse();
        DriverLock.tryIn(directory).orElseThrow().close();
    }

    /** In a simulation each disk is a machine of its own, and no process of this one has it. */
    @Test
    void onADiskInMemoryOneHoldsItToo() throws IOException {
        Path simulated =
                SimulatedDisks.unix().newFolder("election", VirtualTime.start().clock());
        DriverLock held = DriverLock.tryIn(simulated).orElseThrow();
        assertThat(simulated.resolve("driver.lock")).exists();
        held.close();
        DriverLock.tryIn(simulated).orElseThrow().close();
    }

    /** Another process, which holds the lock until its input ends, and dies without freeing it. */
    static final class Holding {
        private Holding() {}

        public static void main(String[] words) throws IOException {
            System.out.println(DriverLock.tryIn(Path.of(words[0])).isPresent() ? "held" : "free");
            System.in.readAllBytes();
            Runtime.getRuntime().halt(0);
        }
    }

    /** Another process. */
    static final class Looking {
        private Looking() {}

        public static void main(String[] words) throws IOException {
            System.out.println(DriverLock.isHeld(Path.of(words[0])) ? "held" : "free");
        }
    }
}
