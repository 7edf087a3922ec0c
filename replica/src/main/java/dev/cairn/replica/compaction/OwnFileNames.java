package dev.cairn.replica.compaction;

import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.OwnFile;
import java.util.Optional;

/** Finds the rows of this device's own files. */
final class OwnFileNames {
    private OwnFileNames() {}

    /** The manifest of an own checkpoint that is not given up. */
    static Optional<OwnFile> of(LocalStore store, KnownCheckpoint checkpoint) {
        String digits = checkpoint.digest().toHex().substring(0, FileName.Numbered.DIGEST_DIGITS);
        return store.own()
                .find(checkpoint.writer(), new FileName.Numbered(FileKind.CHECKPOINT, checkpoint.ordinal(), digits))
                .filter(file -> file.state() != OwnFile.State.TO_RETIRE);
    }
}
