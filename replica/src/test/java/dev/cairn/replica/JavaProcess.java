package dev.cairn.replica;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A virtual machine beside this one, with the same classes. */
final class JavaProcess {
    private JavaProcess() {}

    /** The command which runs a class with arguments; small and quick to start. */
    static ProcessBuilder of(Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
