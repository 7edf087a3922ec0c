package dev.cairn.cli;

import dev.cairn.cli.shell.Interruption;
import dev.cairn.cli.shell.ResultStream;
import dev.cairn.cli.shell.Shell;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The process which the launcher {@code ./cairn} starts. */
public final class Main {
    private Main() {}

    /** Runs one command line and exits with its status. */
    public static void main(String[] args) {
        Interruption interruption = new Interruption();
        AtomicInteger status = new AtomicInteger();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endCleanly(interruption, status), "interruption"));
        Shell shell = new Shell(
                System.in,
                ResultStream.to(new FileOutputStream(FileDescriptor.out)),
                new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Boolean.getBoolean("cairn.terminal"),
                interruption);
        status.set(Cairn.run(args, shell));
        interruption.end();
        System.exit(status.get());
    }

    /**
     * A signal begins the JVM's shutdown, and with it this: a command which watches for its interruption ends by itself
     * and decides the exit status; for all others the JVM's own (128 + signal) stands.
     */
    private static void endCleanly(Interruption interruption, AtomicInteger status) {
        interruption.raise();
        if (!interruption.isAwaited()) {
            return;
        }
        try {
            interruption.awaitEnd();
            Runtime.getRuntime().halt(status.get());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
