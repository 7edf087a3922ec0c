package dev.cairn.cli;

import dev.cairn.cli.shell.Shell;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The process which the launcher {@code ./cairn} starts. */
public final class Main {
    private Main() {}

    /** Runs one command line and exits with its status. */
    public static void main(String[] args) {
        Shell shell = new Shell(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Boolean.getBoolean("cairn.terminal"));
        System.exit(Cairn.run(args, shell));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
