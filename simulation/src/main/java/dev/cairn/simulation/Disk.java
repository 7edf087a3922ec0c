package dev.cairn.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One folder as the tool sees it: relative paths with slashes, regular files and directories, nothing else.
 *
 * <p>Files may come and go while a call runs, since real applications have threads: what is gone is absent, not an
 * error. A disk which refuses is an {@link UncheckedIOException}.
 */
final class Disk {

    private final Path root;
    private final Duration granularity;

    Disk(Path root, Duration granularity) {
        this.root = root;
        this.granularity = granularity;
    }

    /** What a tool compares to see whether a file has changed. */
    record Stat(boolean directory, long size, Instant modified) {}

    Path root() {
        return root;
    }

    boolean exists() {
        return Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS);
    }

    /** Everything in the folder except what {@code ignored} names; an ignored directory is not entered. */
    SortedMap<String, Stat> list(Predicate<String> ignored) {
        SortedMap<String, Stat> found = new TreeMap<>();
        try {
            Files.walkFileTree(root, new Lister(found, ignored));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
        return found;
    }

    Optional<Stat> stat(String path) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(at(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() || attributes.isDirectory()
                    ? Optional.of(statOf(attributes))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a name exists with exactly this spelling, on a disk which may not care about case. */
    boolean spells(String path) {
        Path file = at(path);
        try {
            Path real = file.toRealPath(LinkOption.NOFOLLOW_LINKS);
            return String.valueOf(real.getFileName()).equals(String.valueOf(file.getFileName()));
        } catch (IOException e) {
            return false;
        }
    }

    Optional<Content> read(String path) {
        try {
            return Optional.of(Content.read(at(path)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes the first {@code length} bytes of {@code content}, making the directories above. */
    void write(String path, Content content, int length) {
        try {
            Path file = at(path);
            makeDirectories(file.getParent());
            content.write(file, length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + at(path), e);
        }
    }

    void makeDirectory(String path) {
        try {
            makeDirectories(at(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the directory " + at(path), e);
        }
    }

    void move(String from, String to) {
        try {
            makeDirectories(at(to).getParent());
            Files.move(at(from), at(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + at(from) + " to " + to, e);
        }
    }

    /**
     * Deletes a file or an empty directory.
     *
     * @return whether it is gone; a directory with something in it is not
     */
    boolean delete(String path) {
        try {
            Files.deleteIfExists(at(path));
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + at(path), e);
        }
    }

    void setModified(String path, Instant modified) {
        try {
            Files.getFileAttributeView(at(path), BasicFileAttributeView.class)
                    .setTimes(FileTime.from(cut(modified)), null, null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set the time of " + at(path), e);
        }
    }

    private Path at(String path) {
        return root.resolve(path);
    }

    private static void makeDirectories(@Nullable Path directory) throws IOException {
        if (directory != null) {
            Files.createDirectories(directory);
        }
    }

    private Stat statOf(BasicFileAttributes attributes) {
        return attributes.isDirectory()
                ? new Stat(true, 0, Instant.EPOCH)
                : new Stat(
                        false,
                        attributes.size(),
                        cut(attributes.lastModifiedTime().toInstant()));
    }

    private Instant cut(Instant time) {
        long unit = granularity.toNanos();
        if (unit == 1) {
            return time;
        }
        long nanosOfDay = Math.floorMod(time.getEpochSecond(), 86_400L) * 1_000_000_000L + time.getNano();
        return time.minusNanos(nanosOfDay % unit);
    }

    private final class Lister extends SimpleFileVisitor<Path> {

        private final SortedMap<String, Stat> found;
        private final Predicate<String> ignored;

        Lister(SortedMap<String, Stat> found, Predicate<String> ignored) {
            this.found = found;
            this.ignored = ignored;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.equals(root) || add(directory, attributes)
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                add(file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (file.equals(root) && !(failure instanceof NoSuchFileException)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        private boolean add(Path path, BasicFileAttributes attributes) {
            String relative = relative(path);
            if (ignored.test(relative)) {
                return false;
            }
            found.put(relative, statOf(attributes));
            return true;
        }
    }

    private String relative(Path path) {
        String separator = root.getFileSystem().getSeparator();
        String relative = root.relativize(path).toString();
        return separator.equals("/") ? relative : relative.replace(separator, "/");
    }
}
