package dev.cairn.replica.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** What an SQLite file's refusal means: a disk without room is told apart from a file that is broken. */
public final class StoreTrouble {
    /** SQLite's primary result codes. */
    private static final int SQLITE_IOERR = 10;

    private static final int SQLITE_FULL = 13;
    /** Room below which a failed write is one for lack of it: a page of shared memory is this large. */
    private static final long ROOM_BYTES_MIN = 32 << 10;

    private StoreTrouble() {}

    /** The failure of {@code doing}, with the file it is about. */
    public static IOException of(Path file, String doing, SQLException e) {
        if (e.getErrorCode() == SQLITE_FULL || (e.getErrorCode() == SQLITE_IOERR && isWithoutRoom(file))) {
            FileSystemException full = new NoRoomException(file);
            full.initCause(e);
            return full;
        }
        return new IOException(doing + ": " + e.getMessage(), e);
    }

    /** Whether the disk had no room, which says nothing about the file. */
    public static boolean isNoRoom(UncheckedIOException e) {
        return noRoom(e).isPresent();
    }

    /** One line naming the disk, when that had no room. */
    public static Optional<String> noRoom(UncheckedIOException e) {
        return e.getCause() instanceof NoRoomException full
                ? Optional.of("no space left on the disk of " + full.getFile() + ": make room")
                : Optional.empty();
    }

    private static boolean isWithoutRoom(Path file) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            return directory != null && Files.getFileStore(directory).getUsableSpace() < ROOM_BYTES_MIN;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The disk of a file is full. */
    private static final class NoRoomException extends FileSystemException {
        private static final long serialVersionUID = 1;

        NoRoomException(Path file) {
            super(file.toString(), null, "no space left on its disk");
        }
    }
}
