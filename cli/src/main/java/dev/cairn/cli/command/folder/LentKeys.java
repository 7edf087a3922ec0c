package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.SpaceException;
import java.nio.file.Path;
import java.util.Optional;

/** This device's keys for a command which also has something to say without them. */
final class LentKeys {
    private LentKeys() {}

    /**
     * The keys for a folder or a copy of it; none where this device is a stranger, or when none are wanted.
     *
     * @param instead what can be done when there are keys and they cannot be used
     */
    static Optional<FolderKeys> of(CairnCommand root, Path folder, boolean unwanted, String instead) {
        if (unwanted) {
            return Optional.empty();
        }
        try {
            return root.keys(folder);
        } catch (SpaceException unusable) {
            throw new Failure(
                    Exit.ENVIRONMENT, unusable.code().text(), unusable.getMessage() + "; or " + instead, unusable);
        }
    }
}
