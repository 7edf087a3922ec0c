package dev.cairn.merge.conflicts;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;

/** The changes a recovery makes to a disk, one system call each, so that a test can stop before any of them. */
interface Disk {
    /** Makes a directory and those above it. */
    void makeDirectories(Path directory) throws IOException;

    /** Writes a new file and forces it to the disk; replaces what an earlier crash left of it. */
    void write(Path file, Bytes content) throws IOException;

    /** Gives a file the permissions of another, where files have permissions. */
    void dress(Path file, Path like) throws IOException;

    /** Puts a file in the place of another, in one step. */
    void replace(Path from, Path to) throws IOException;

    /** Removes a file. */
    void delete(Path file) throws IOException;

    /** The real one. */
    static Disk real() {
        return new Real();
    }

    /** The changes as {@link Files} makes them. */
    final class Real implements Disk {
        @Override
        public void makeDirectories(Path directory) throws IOException {
            Files.createDirectories(directory);
        }

        @Override
        public void write(Path file, Bytes content) throws IOException {
            try (FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    LinkOption.NOFOLLOW_LINKS)) {
                ByteBuffer rest = content.asByteBuffer();
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
        }

        @Override
        public void dress(Path file, Path like) throws IOException {
            Optional<PosixFileAttributeView> from = view(like);
            Optional<PosixFileAttributeView> to = view(file);
            if (from.isPresent() && to.isPresent()) {
                to.get().setPermissions(from.get().readAttributes().permissions());
            }
        }

        private static Optional<PosixFileAttributeView> view(Path file) {
            return Optional.ofNullable(
                    Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
        }

        @Override
        public void replace(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
