package dev.cairn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own, with the classes of this one. */
final class CairnProcess {
    private CairnProcess() {}

    /** What starts it with these words; quick to start. */
    static ProcessBuilder of(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cairn.cli.Main"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }
}
