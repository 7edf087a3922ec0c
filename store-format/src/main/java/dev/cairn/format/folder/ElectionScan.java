package dev.cairn.format.folder;

import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import dev.cairn.format.folder.Listing.Entry;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * A look at the election files alone: six names in each writer's directory, and what another program calls {@code
 * leader.lock} at the top. It costs time proportional to the number of writers, not of files.
 */
final class ElectionScan {
    private static final List<FileKind> KINDS =
            List.of(FileKind.LOCK, FileKind.BALLOT, FileKind.VOTE, FileKind.CLAIM, FileKind.REQUEST, FileKind.CHOICE);
    /** The common file of other programs, and what sync tools make of it in a conflict. */
    private static final Pattern FOREIGN = Pattern.compile("leader([ ._(~-].*)?\\.lock([ ._(~-].*)?");

    /** What becomes of an election file when tools and people copy it. */
    private static final Pattern COPY =
            Pattern.compile("(lock|ballot|vote|claim|request|choice)[ ._(~-].*", Pattern.CASE_INSENSITIVE);

    private static final int FOREIGN_MAX = 64;
    private static final int COPIES_MAX = 64;

    private final Path root;

    ElectionScan(Path root) {
        this.root = root;
    }

    List<Entry> papers() {
        List<Entry> found = new ArrayList<>();
        forEachWriter((writer, directory) -> KINDS.forEach(
                kind -> entry(new FileName.Election(kind).path(writer)).ifPresent(found::add)));
        return found;
    }

    /** Copies of election files beside them, which have no effect. */
    List<String> copies() {
        List<String> found = new ArrayList<>();
        forEachWriter((writer, directory) -> copies(directory, writer, found));
        return found;
    }

    /** Shows each writer's directory to {@code look}; one behind a link is not in the folder. */
    private void forEachWriter(BiConsumer<WriterId, Path> look) {
        Path devices = root.resolve(FileName.DEVICES);
        if (!AtomicWriter.isPlainDirectory(devices)) {
            return;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(devices)) {
            for (Path directory : stream) {
                Optional<WriterId> writer = WriterId.parse(String.valueOf(directory.getFileName()));
                if (writer.isPresent() && AtomicWriter.isPlainDirectory(directory)) {
                    look.accept(writer.get(), directory);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // what cannot be listed now is looked for again; absence says nothing
        }
    }

    private static void copies(Path directory, WriterId writer, List<String> found) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path file : stream) {
                String path = FileName.DEVICES + "/" + writer + "/" + file.getFileName();
                if (found.size() < COPIES_MAX
                        && COPY.matcher(String.valueOf(file.getFileName())).matches()
                        && FileName.parsePath(path).isEmpty()) {
                    found.add(path);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // as above
        }
    }

    List<Entry> foreign() {
        List<Entry> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            for (Path file : stream) {
                String name = String.valueOf(file.getFileName());
                if (found.size() < FOREIGN_MAX && FOREIGN.matcher(name).matches()) {
                    entry(name).ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // as above
        }
        return found;
    }

    private Optional<Entry> entry(String path) {
        Path location = root.resolve(path);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(location, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Object key = attributes.fileKey();
            return attributes.isRegularFile()
                    ? Optional.of(new Entry(
                            location,
                            path,
                            attributes.size(),
                            attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                            key == null ? 0 : key.hashCode()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
