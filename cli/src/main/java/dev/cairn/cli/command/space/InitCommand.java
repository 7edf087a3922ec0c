package dev.cairn.cli.command.space;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Folders;
import dev.cairn.cli.shell.Exit;
import dev.cairn.replica.Space;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn init}. */
@Command(
        name = "init",
        header = "Makes a new space in the synced folder DIR, and this device's identity.",
        description = "DIR is made if it is not there and its parent is.")
public final class InitCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(paramLabel = "DIR", description = "The synced folder.")
    String directory = "";

    @Option(names = "--name", paramLabel = "N", description = "What other devices call this one (default: the host).")
    @Nullable
    String name;

    /** The command on a command line with this root. */
    public InitCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Path folder = Folders.notAFile(root.shell().resolve(directory));
        makeLast(folder);
        try (Space space = Space.create(folder, root.options(name))) {
            root.publish(space);
            root.output()
                    .result(
                            () -> Map.of(
                                    "space",
                                    space.id().toString(),
                                    "device",
                                    space.device().toString(),
                                    "folder",
                                    folder.toString()),
                            () -> "A new space is in " + folder + ". Bring in the next device with: cairn invite");
        }
        return Exit.DONE.status();
    }

    /** A mistyped path makes one directory at most. */
    static void makeLast(Path folder) {
        Path parent = folder.getParent();
        if (Files.isDirectory(folder) || parent == null || !Files.isDirectory(parent)) {
            return;
        }
        try {
            Files.createDirectory(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make " + folder, failed);
        }
    }
}
