package dev.cairn.watcher.nio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The directory a source was opened on, which may since have been moved away, unmounted or made anew. */
final class WatchedFolder {
    private final Path path;
    private final @Nullable Object key;

    /** The directory now at the path; an exception when there is none. */
    WatchedFolder(Path path) throws IOException {
        this.path = path;
        this.key = key(path);
    }

    Path path() {
        return path;
    }

    /** Whether the same directory is still at the path. */
    boolean isInPlace() {
        try {
            return Objects.equals(key, key(path));
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(path.toString());
        }
        return attributes.fileKey();
    }
}
