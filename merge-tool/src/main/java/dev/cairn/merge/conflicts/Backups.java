package dev.cairn.merge.conflicts;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What a recovery saved before it touched it, and which copies are merged, below {@code .cairn-backup}.
 *
 * <p>A saved file is named by its content, so that saving twice changes nothing. A receipt says that a copy with some
 * content went into an original: it is written with the digest of the result before the original is replaced, so after
 * a crash the original's content tells whether that happened, and settled afterwards, so that later edits do not bring
 * the copy back.
 */
final class Backups {
    static final String DIRECTORY = ".cairn-backup";
    private static final String SETTLED = "settled";

    private final Path root;
    private final Disk disk;

    Backups(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    /** Where the content of a file is, or would be, saved. */
    Path place(Path file, Bytes content) {
        String name = digest(content) + "-" + file.getFileName();
        return directory(file).resolve(name);
    }

    /** Saves the content of a file; does nothing if it is saved already. */
    void save(Path file, Bytes content) throws IOException {
        Path place = place(file, content);
        if (!holds(place, content)) {
            disk.makeDirectories(directory(file));
            Path staging = place.resolveSibling(place.getFileName() + ".part");
            disk.write(staging, content);
            disk.replace(staging, place);
        }
    }

    private static boolean holds(Path place, Bytes content) throws IOException {
        return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                && Bytes.owning(Files.readAllBytes(place)).equals(content);
    }

    /** Whether a copy with that content went into the original, which now has the given content. */
    boolean isMerged(Path original, Bytes originalNow, Bytes copy) throws IOException {
        Path receipt = receipt(original, copy);
        if (!Files.isRegularFile(receipt, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        String said = Files.readString(receipt, StandardCharsets.UTF_8).strip();
        return said.equals(SETTLED) || said.equals(originalNow.sha256().toHex());
    }

    /** Notes that the original is about to become {@code result} by a copy. */
    void announce(Path original, Bytes copy, Bytes result) throws IOException {
        note(original, copy, result.sha256().toHex());
    }

    /** Notes that it has. */
    void settle(Path original, Bytes copy) throws IOException {
        note(original, copy, SETTLED);
    }

    private void note(Path original, Bytes copy, String text) throws IOException {
        Path receipt = receipt(original, copy);
        disk.makeDirectories(directory(original));
        Path staging = receipt.resolveSibling(receipt.getFileName() + ".part");
        disk.write(staging, Bytes.utf8(text + "\n"));
        disk.replace(staging, receipt);
    }

    private Path receipt(Path original, Bytes copy) {
        return directory(original).resolve(digest(copy) + "-into-" + original.getFileName() + ".receipt");
    }

    private Path directory(Path file) {
        Path folder = root.relativize(file).getParent();
        Path backups = root.resolve(DIRECTORY);
        return folder == null ? backups : backups.resolve(folder);
    }

    private static String digest(Bytes content) {
        return content.sha256().toHex().substring(0, 16);
    }
}
