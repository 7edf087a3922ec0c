package dev.cairn.format.folder;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts whole files into a folder: a crash between any two of its steps leaves the old file or the new one.
 *
 * <p>The steps: make missing directories and force their parents; write the bytes under a staging name; force them;
 * read them back and compare; move to the final name atomically; force the directory. Without the first force a power
 * cut leaves an empty file under the final name, without the last the file may be gone (both measured on ext4 and xfs).
 * A directory that cannot be forced (Windows, some network and in-memory file systems) is no failure: the local store
 * publishes again whatever turns out to be missing.
 *
 * <p>Staging is done outside the folder where possible, because sync tools pick up, and may spread, whatever appears
 * inside.
 */
final class AtomicWriter {
    /** Attempts at a move or a delete which something else, usually a virus scanner, holds up; 10 ms, then doubling. */
    private static final int ATTEMPTS = 6;

    /** The coarsest times of any file system, those of FAT. */
    private static final Duration TIME_STEP = Duration.ofSeconds(2);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

    private final Path root;
    private final FolderOptions options;
    private volatile boolean stageOutside;

    AtomicWriter(Path root, FolderOptions options) {
        this.root = root;
        this.options = options;
        this.stageOutside = options.staging()
                .filter(staging -> staging.getFileSystem() == root.getFileSystem())
                .isPresent();
    }

    PublishResult write(Path target, Bytes content) {
        String name = root.relativize(target).toString();
        try {
            if (isReached(target) && holds(target, content)) {
                return new PublishResult.Published(false);
            }
            Path directory = makeDirectoriesTo(target);
            place(directory, target, content);
            force(directory);
            return new PublishResult.Published(true);
        } catch (IOException | UnsupportedOperationException e) {
            if (!Files.isDirectory(root)) {
                return new PublishResult.FolderMissing(FolderState.MISSING);
            }
            return e instanceof StagingException staging
                    ? DiskTrouble.classify(staging.cause, name, staging.place, content.size())
                    : DiskTrouble.classify(e, name, root, content.size());
        }
    }

    /** Whether the way to a file leads through real directories; what lies behind a link is not in the folder. */
    private boolean isReached(Path target) {
        return directoriesTo(target).stream().skip(1).allMatch(AtomicWriter::isPlainDirectory);
    }

    /** Whether just these bytes are in the file already; anything that cannot be read is not. */
    private static boolean holds(Path target, Bytes content) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() && attributes.size() == content.size() && equal(target, content);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean equal(Path file, Bytes content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer expected = content.asByteBuffer();
            ByteBuffer found = ByteBuffer.allocate(Math.min(64 * 1024, content.size() + 1));
            while (channel.read(found.clear()) >= 0) {
                found.flip();
                if (found.remaining() > expected.remaining()
                        || !expected.slice(expected.position(), found.remaining())
                                .equals(found)) {
                    return false;
                }
                expected.position(expected.position() + found.remaining());
            }
            return !expected.hasRemaining();
        }
    }

    /** The folder and the directories below it which lead to a file, outermost first. */
    private List<Path> directoriesTo(Path file) {
        Path way = root.relativize(file);
        List<Path> directories = new ArrayList<>();
        directories.add(root);
        for (int names = 1; names < way.getNameCount(); names++) {
            directories.add(root.resolve(way.subpath(0, names)));
        }
        return directories;
    }

    /** Makes the directories that lead to a file, each below a real directory and never through a link. */
    private Path makeDirectoriesTo(Path file) throws IOException {
        List<Path> directories = directoriesTo(file);
        for (int i = 1; i < directories.size(); i++) {
            if (!isPlainDirectory(directories.get(i))) {
                make(directories.get(i), directories.get(i - 1));
            }
        }
        return directories.get(directories.size() - 1);
    }

    private void make(Path directory, Path parent) throws IOException {
        try {
            Files.createDirectory(directory);
            force(parent);
        } catch (FileAlreadyExistsException e) {
            if (!isPlainDirectory(directory)) {
                throw new IOException(root.relativize(directory) + " is no directory: move it away", e);
            }
        }
    }

    static boolean isPlainDirectory(Path path) {
        try {
            return FolderReader.isPlainDirectory(
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            return false;
        }
    }

    private void place(Path directory, Path target, Bytes content) throws IOException {
        if (stageOutside) {
            try {
                move(stageOutside(content), target);
                return;
            } catch (AtomicMoveNotSupportedException e) {
                stageOutside = false; // two file systems after all: from now on beside the destination
            }
        }
        move(stage(directory, content), target);
    }

    private Path stageOutside(Bytes content) throws StagingException {
        Path staging = options.staging().orElseThrow();
        try {
            return stage(made(staging), content);
        } catch (IOException | UnsupportedOperationException e) {
            throw new StagingException(staging, e);
        }
    }

    private static Path made(Path staging) throws IOException {
        if (!Files.isDirectory(staging)) {
            Files.createDirectories(staging);
            if (staging.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwx------"));
            }
        }
        return staging;
    }

    private Path stage(Path directory, Bytes content) throws IOException {
        Path staged = directory.resolve(StagingFiles.freshName(options.random()));
        try {
            writeForced(staged, content);
            if (!equal(staged, content)) {
                throw new IOException("what was written reads back differently: the disk is failing");
            }
            return staged;
        } catch (IOException | RuntimeException e) {
            discard(staged, e);
            throw e;
        }
    }

    private void move(Path staged, Path target) throws IOException {
        try {
            makeNewer(staged, target);
            retrying(() -> Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE));
        } catch (IOException | RuntimeException e) {
            discard(staged, e);
            throw e;
        }
    }

    private static void writeForced(Path file, Bytes content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = content.asByteBuffer();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Gives a file a later time than the one it replaces has. A tool without a memory, such as rsync, carries only what
     * is newer, and this device's clock may have been set back since; some file systems know times of two seconds.
     */
    private static void makeNewer(Path staged, Path replaced) {
        try {
            Instant least = Files.getLastModifiedTime(replaced, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .plus(TIME_STEP);
            if (Files.getLastModifiedTime(staged).toInstant().isBefore(least)) {
                Files.setLastModifiedTime(staged, FileTime.from(least));
            }
        } catch (IOException | UnsupportedOperationException e) {
            // there is nothing to replace, or no time to set: the content is what counts
            return;
        }
    }

    private static void discard(Path staged, Exception because) {
        try {
            Files.deleteIfExists(staged);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException | UnsupportedOperationException e) {
            // see the class comment: not every file system can, and none must
            return;
        }
    }

    DeleteResult delete(Path file) {
        String name = root.relativize(file).toString();
        try {
            for (Path each : directoriesTo(file)) {
                if (!each.equals(root) && Files.exists(each, LinkOption.NOFOLLOW_LINKS) && !isPlainDirectory(each)) {
                    return new DeleteResult.Failed(name + ": " + root.relativize(each) + " is no directory");
                }
            }
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                return new DeleteResult.Failed(name + ": is a directory");
            }
            retrying(() -> Files.delete(file));
            return new DeleteResult.Deleted();
        } catch (NoSuchFileException e) {
            return new DeleteResult.AlreadyGone();
        } catch (IOException | UnsupportedOperationException e) {
            return new DeleteResult.Failed(name + ": " + DiskTrouble.reason(e));
        }
    }

    /** Removes old staging files of the writer with this directory and those outside the folder; returns how many. */
    int sweepStaging(Path own) {
        Instant now = options.clock().instant();
        int outside = options.staging()
                .map(staging -> StagingFiles.sweep(staging, now))
                .orElse(0);
        return StagingFiles.sweep(own, now) + outside;
    }

    private void retrying(Step step) throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                step.run();
                return;
            } catch (FileSystemException e) {
                if (attempt == ATTEMPTS || !mayPass(e)) {
                    throw e;
                }
            }
            options.pause().pause(pause);
            pause = pause.multipliedBy(2);
        }
    }

    /** Whether it may work a moment later: access denied, and the unnamed errors which sharing violations come as. */
    private static boolean mayPass(FileSystemException e) {
        return e instanceof AccessDeniedException || e.getClass() == FileSystemException.class;
    }

    /** Writing failed outside of the folder, which therefore is not to blame. */
    private static final class StagingException extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Path place;
        private final Exception cause;

        StagingException(Path place, Exception cause) {
            super(cause);
            this.place = place;
            this.cause = cause;
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
