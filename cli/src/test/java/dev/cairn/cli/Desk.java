package dev.cairn.cli;

import dev.cairn.cli.shell.Interruption;
import dev.cairn.cli.shell.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Somebody who sits before a device of their own, with its folder and its state, and types commands. */
final class Desk {
    private final Path folder;
    private final Map<String, String> env = new HashMap<>();
    private final Interruption interruption = new Interruption();
    private final ByteArrayOutputStream live = new ByteArrayOutputStream();
    private boolean terminal;

    Desk(Path root, String name) {
        try {
            folder = Files.createDirectories(root.resolve(name).resolve("folder"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        env.put("PATH", String.valueOf(System.getenv("PATH")));
        env.put("HOSTNAME", name);
        env.put("CAIRN_STATE", root.resolve(name).resolve("state").toString());
    }

    Path folder() {
        return folder;
    }

    Desk with(String variable, String value) {
        env.put(variable, value);
        return this;
    }

    /** From now on what is printed goes to a terminal. */
    Desk onTerminal() {
        terminal = true;
        return this;
    }

    Interruption interruption() {
        return interruption;
    }

    /** What a command that still runs has printed so far. */
    String live() {
        return live.toString(StandardCharsets.UTF_8);
    }

    /** A command that must succeed. */
    String run(String... args) {
        Said said = tries("", args);
        if (said.status() != 0) {
            throw new AssertionError(String.join(" ", args) + " ended with " + said);
        }
        return said.out();
    }

    /** A command that may fail. */
    Said tries(String... args) {
        return tries("", args);
    }

    /** A command with something on its standard input. */
    Said tries(Stdin in, String... args) {
        return tries(in.text(), args);
    }

    private Said tries(String in, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        live.reset();
        int status = Cairn.run(
                args,
                new Shell(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(live, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8),
                        env,
                        folder,
                        terminal,
                        interruption));
        return new Said(status, live(), err.toString(StandardCharsets.UTF_8));
    }

    record Stdin(String text) {}

    record Said(int status, String out, String err) {}
}
