package dev.cairn.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program in a process of its own, with the classes of this one. */
final class CairnProcess {
    /** The bit of the interrupt, signal 2, in the masks of /proc. */
    private static final long SIGINT = 1 << 1;

    private static final String SIG_IGN = "SigIgn:";

    private CairnProcess() {}

    /** What starts it with these words; quick to start. */
    static ProcessBuilder of(String... words) {
        List<String> command =
                new ArrayList<>(ignoresInterrupts() ? List.of("env", "--default-signal=INT") : List.of());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cairn.cli.Main"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    /**
     * Tells whether this process was started with interrupts switched off, as a shell does for what it starts in the
     * background: what it starts would inherit that, and never see Ctrl-C.
     */
    private static boolean ignoresInterrupts() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(SIG_IGN))
                    .anyMatch(line -> (Long.parseUnsignedLong(
                                            line.substring(SIG_IGN.length()).strip(), 16)
                                    & SIGINT)
                            != 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
