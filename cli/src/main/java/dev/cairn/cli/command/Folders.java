package dev.cairn.cli.command;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folders which a command line names. */
public final class Folders {
    private Folders() {}

    /** A folder that must be there. */
    public static Path existing(Path folder) {
        if (!Files.isDirectory(notAFile(folder))) {
            throw new Failure(Exit.ENVIRONMENT, "folder_missing", "no such folder: " + folder + ": check the path");
        }
        return folder;
    }

    /** A folder that need not be there: its disk may be away for a while. But a file in its place is a mistake. */
    public static Path notAFile(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new Failure(
                    Exit.ENVIRONMENT, "folder_missing", "a file, not a folder: " + folder + ": name the folder");
        }
        return folder;
    }
}
