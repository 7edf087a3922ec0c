package dev.cairn.cli.command;

import dev.cairn.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The machine's name as people know it, found without asking the network. */
public final class HostName {
    private static final int LENGTH_MAX = 64;

    private HostName() {}

    /** The name in the environment or in the machine's files, at most 64 characters; "device" where there is none. */
    public static String of(Shell shell) {
        String name = shell.variable("HOSTNAME")
                .or(() -> shell.variable("COMPUTERNAME"))
                .or(HostName::fromFile)
                .map(String::strip)
                .filter(found -> !found.isEmpty())
                .orElse("device");
        return name.length() <= LENGTH_MAX ? name : name.substring(0, LENGTH_MAX);
    }

    private static Optional<String> fromFile() {
        try {
            return Optional.of(Files.readString(Path.of("/etc/hostname")));
        } catch (IOException none) {
            return Optional.empty();
        }
    }
}
