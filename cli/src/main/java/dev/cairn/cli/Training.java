package dev.cairn.cli;

import dev.cairn.cli.shell.Interruption;
import dev.cairn.cli.shell.Shell;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A run through the common commands, from which the launcher learns which classes to keep ready. */
final class Training {
    private Training() {}

    public static void main(String[] args) {
        run("--version");
        run("--help");
    }

    private static void run(String... args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Cairn.run(
                args,
                new Shell(
                        InputStream.nullInputStream(),
                        nowhere,
                        nowhere,
                        Map.of(),
                        Path.of("").toAbsolutePath(),
                        false,
                        new Interruption()));
    }
}
