package dev.cairn.cli;

import dev.cairn.cli.shell.Interruption;
import dev.cairn.cli.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run through the common commands in a temporary space, which tells the launcher what classes to keep ready. */
final class Training {
    private Training() {}

    /** Trains; what fails costs speed later, nothing else. */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory("cairn-training-");
        try {
            String folder = Files.createDirectory(directory.resolve("folder")).toString();
            List<String> device = List.of("--space", folder, "--state", directory.resolve("state") + "");
            run(device, "--version");
            run(device, "--help");
            run(device, "init", folder, "--name", "training");
            run(device, "invite");
            run(device, "set", "today", "title", "\"Groceries\"");
            run(device, "set", "today", "items", "[{\"name\":\"milk\",\"count\":2}]");
            run(device, "set", "today", "body", "--file", "-");
            for (String command : List.of("ls", "log", "status", "devices")) {
                run(device, command);
                run(device, command, "--json");
            }
            run(device, "log", "today");
            run(device, "show", "now");
            run(device, "blame", "today");
            run(device, "diff", "today", "empty");
            run(device, "conflicts");
            run(device, "undo");
            run(device, "redo");
            run(device, "get", "today");
            run(device, "get", "today", "items.0", "--json");
            run(device, "rm", "today", "items");
            run(device, "levitate");
        } finally {
            delete(directory);
        }
    }

    private static void run(List<String> device, String... args) {
        String[] all = Stream.concat(Stream.of(args), device.stream()).toArray(String[]::new);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Path here = Path.of("").toAbsolutePath();
        InputStream empty = InputStream.nullInputStream();
        Cairn.run(
                args.length == 1 && args[0].startsWith("-") ? args : all,
                new Shell(empty, nowhere, nowhere, Map.of(), here, false, new Interruption()));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
