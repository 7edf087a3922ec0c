package dev.cairn.merge.conflicts;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Changes the disk for one copy. After a crash between any two steps every content is still there, as a file or as a
 * backup, and another run goes on:
 *
 * <pre>
 * save the original, save the copy, announce the result, stage it, replace the original, settle, delete the copy
 * </pre>
 */
final class Settlement {
    private final Backups backups;
    private final Disk disk;

    Settlement(Backups backups, Disk disk) {
        this.backups = backups;
        this.disk = disk;
    }

    /** Puts a merged text in the place of the original it was made from. */
    void merge(Candidate candidate, Bytes original, Bytes copy, Bytes result) throws IOException {
        Path file = candidate.original();
        if (!Files.isWritable(file)) {
            throw new FileSystemException(file.toString(), null, "read-only");
        }
        backups.save(file, original);
        backups.save(candidate.copy(), copy);
        backups.announce(file, copy, result);
        Path staging = file.resolveSibling(
                "~syncthing~cairn-" + result.sha256().toHex().substring(0, 16) + ".~.tmp");
        try {
            disk.write(staging, result);
            disk.dress(staging, file);
            if (!Contents.read(file).equals(Optional.of(original))) {
                throw new FileSystemException(file.toString(), null, "was changed meanwhile");
            }
            disk.replace(staging, file);
        } catch (IOException failed) {
            discard(staging, failed);
            throw failed;
        }
        backups.settle(file, copy);
    }

    private void discard(Path staging, IOException failed) {
        try {
            disk.delete(staging);
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    /** Removes a copy whose content is in the original or, by an earlier run, went into it. */
    void delete(Candidate candidate, Bytes copy) throws IOException {
        backups.save(candidate.copy(), copy);
        if (Contents.read(candidate.copy()).equals(Optional.of(copy))) {
            disk.delete(candidate.copy());
        }
    }
}
