package dev.cairn.format.folder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Tells apart what a disk means by an exception, as far as its class, its text and its file store give it away. */
final class DiskTrouble {
    private static final List<String> FULL =
            List.of("no space left", "quota exceeded", "out of disk space", "not enough space", "disk is full");
    private static final List<String> READ_ONLY =
            List.of("read-only", "write-protected", "write protected", "operation not permitted");

    /** What helps against most refusals which name no cause; our own exceptions say themselves what does. */
    private static final String DISK = ": check its disk, and whether another program or a directory is in the way";

    private DiskTrouble() {}

    /** One line: the kind of trouble and what the disk said about it. */
    static String reason(Exception e) {
        Throwable cause = e instanceof DirectoryIteratorException ? Objects.requireNonNullElse(e.getCause(), e) : e;
        String said = cause instanceof FileSystemException disk && disk.getReason() != null
                ? disk.getReason()
                : cause.getMessage();
        String kind = cause.getClass().getSimpleName().replace("Exception", "");
        String line = said == null || said.isBlank() ? kind : kind + ": " + said;
        return line.replaceAll("\\s+", " ").strip();
    }

    /**
     * The result of a write to {@code name} which failed with {@code e}; {@code place} is where that happened and where
     * there should be room.
     */
    static PublishResult classify(Exception e, String name, Path place, long bytes) {
        String said = Objects.requireNonNullElse(e.getMessage(), "").toLowerCase(Locale.ROOT);
        String reason = name + ": " + reason(e);
        if (FULL.stream().anyMatch(said::contains)) {
            return new PublishResult.DiskFull(place, reason);
        }
        if (e instanceof AccessDeniedException || READ_ONLY.stream().anyMatch(said::contains)) {
            return new PublishResult.ReadOnly(place, reason);
        }
        return byFileStore(e, reason, place, bytes);
    }

    /** What the file store itself says, since texts come in the user's language. */
    private static PublishResult byFileStore(Exception e, String reason, Path place, long bytes) {
        try {
            FileStore store = Files.getFileStore(place);
            if (store.isReadOnly()) {
                return new PublishResult.ReadOnly(place, reason);
            }
            if (store.getUsableSpace() < bytes) {
                return new PublishResult.DiskFull(place, reason);
            }
        } catch (IOException unknown) {
            return new PublishResult.Failed(reason + DISK);
        }
        return new PublishResult.Failed(e instanceof FileSystemException ? reason + DISK : reason);
    }
}
