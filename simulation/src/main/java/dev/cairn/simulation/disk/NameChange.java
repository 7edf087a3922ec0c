package dev.cairn.simulation.disk;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A name that appeared in a directory or went from it, and how to undo that. */
abstract class NameChange {

    private final Path path;

    /** Whether its directory was forced since, which keeps it as long as the directory itself is kept. */
    private boolean forced;

    private NameChange(Path path) {
        this.path = path;
    }

    /** The name in question; for a move the new one. */
    final Path path() {
        return path;
    }

    /** The directory whose force keeps this change. */
    final Path directory() {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    /** Notes that its directory was forced. */
    final void force() {
        forced = true;
    }

    /** Whether its directory was forced since. */
    final boolean isForced() {
        return forced;
    }

    /**
     * Makes it undone, unless somebody else has changed the place since; returns whether anything happened.
     *
     * @param inLostDirectory whether the directory goes too, with everything that was ever in it
     */
    abstract boolean undo(boolean inLostDirectory) throws IOException;

    static final class Made extends NameChange {
        private final Object key;

        Made(Path path, Object key) {
            super(path);
            this.key = key;
        }

        @Override
        boolean undo(boolean inLostDirectory) throws IOException {
            if (!UnforcedChanges.isStill(path(), key)) {
                return false;
            }
            Files.delete(path());
            return true;
        }

        @Override
        public String toString() {
            return "the new file " + path() + " is gone";
        }
    }

    static final class MadeDirectory extends NameChange {
        MadeDirectory(Path path) {
            super(path);
        }

        @Override
        boolean undo(boolean inLostDirectory) throws IOException {
            try {
                return Files.deleteIfExists(path());
            } catch (DirectoryNotEmptyException e) {
                return false; // a sync tool has put something into it, and forced it
            }
        }

        @Override
        public String toString() {
            return "the new directory " + path() + " is gone";
        }
    }

    static final class Moved extends NameChange {
        private final Path from;
        private final Object key;
        private final byte @Nullable [] replaced;

        Moved(Path from, Path to, Object key, byte @Nullable [] replaced) {
            super(to);
            this.from = from;
            this.key = key;
            this.replaced = replaced;
        }

        @Override
        boolean undo(boolean inLostDirectory) throws IOException {
            if (!UnforcedChanges.isStill(path(), key)
                    || Files.exists(from, LinkOption.NOFOLLOW_LINKS)
                    || !hasParent(from)) {
                return false;
            }
            Files.move(path(), from);
            if (replaced != null && !inLostDirectory) {
                Files.write(path(), replaced);
            }
            return true;
        }

        @Override
        public String toString() {
            return "the new name " + path() + " is gone" + (replaced == null ? "" : ", the old file is back");
        }
    }

    static final class Deleted extends NameChange {
        private final boolean isDirectory;
        private final byte[] content;

        Deleted(Path path, boolean isDirectory, byte[] content) {
            super(path);
            this.isDirectory = isDirectory;
            this.content = content;
        }

        @Override
        boolean undo(boolean inLostDirectory) throws IOException {
            if (inLostDirectory || Files.exists(path(), LinkOption.NOFOLLOW_LINKS) || !hasParent(path())) {
                return false;
            }
            if (isDirectory) {
                Files.createDirectory(path());
            } else {
                Files.write(path(), content);
            }
            return true;
        }

        @Override
        public String toString() {
            return "the deleted " + path() + " is back";
        }
    }

    private static boolean hasParent(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS);
    }
}
