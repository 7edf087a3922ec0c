package dev.cairn.format.folder;

import dev.cairn.format.Bytes;
import dev.cairn.format.folder.Listing.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads one file of a folder whose owner may be hostile.
 *
 * <p>A file is looked at before it is opened, since opening a pipe waits for ever; its size is capped before memory is
 * taken for it and again while it is read, since it may be a hole of terabytes or still grow; and no link is followed,
 * neither under the file's name nor on the way to it. Where the file system can do it, every step is taken relative to
 * the directory reached by the step before, so that nothing can be swapped in between.
 */
final class FolderReader {
    private static final Set<OpenOption> OPEN = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    /** The first bytes of every Cairn file (SPEC, envelope). */
    private static final byte[] MAGIC = {(byte) 0x89, 'C', 'R', 'N', '\r', '\n', 0x1A, '\n'};

    private final Path root;

    FolderReader(Path root) {
        this.root = root;
    }

    ReadResult read(Entry entry, int maxBytes, boolean onlyOurs) {
        if (entry.size() > maxBytes) {
            return new ReadResult.TooLarge(entry.size(), maxBytes);
        }
        Path way = root.relativize(entry.location());
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
            return top instanceof SecureDirectoryStream<Path> secure
                    ? descend(secure, way, maxBytes, onlyOurs)
                    : walk(way, maxBytes, onlyOurs);
        } catch (NotDirectoryException e) {
            return new ReadResult.NotRegular("a parent is no directory any more");
        } catch (NoSuchFileException e) {
            return new ReadResult.Gone();
        } catch (IOException | RuntimeException e) {
            return new ReadResult.Unreadable(DiskTrouble.reason(e));
        }
    }

    private static ReadResult descend(SecureDirectoryStream<Path> directory, Path way, int maxBytes, boolean onlyOurs)
            throws IOException {
        Path name = way.getName(0);
        BasicFileAttributes attributes = directory
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (way.getNameCount() > 1) {
            if (!isPlainDirectory(attributes)) {
                return new ReadResult.NotRegular("a parent is " + describe(attributes));
            }
            try (SecureDirectoryStream<Path> next = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                return descend(next, way.subpath(1, way.getNameCount()), maxBytes, onlyOurs);
            }
        }
        return checked(attributes, maxBytes, onlyOurs, name, () -> directory.newByteChannel(name, OPEN));
    }

    private ReadResult walk(Path way, int maxBytes, boolean onlyOurs) throws IOException {
        Path place = root;
        for (int i = 0; i < way.getNameCount() - 1; i++) {
            place = place.resolve(way.getName(i));
            BasicFileAttributes attributes = attributes(place);
            if (!isPlainDirectory(attributes)) {
                return new ReadResult.NotRegular("a parent is " + describe(attributes));
            }
        }
        Path file = root.resolve(way);
        return checked(attributes(file), maxBytes, onlyOurs, file, () -> Files.newByteChannel(file, OPEN));
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    static boolean isPlainDirectory(BasicFileAttributes attributes) {
        return attributes.isDirectory() && !attributes.isOther();
    }

    static String describe(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "a symbolic link";
        }
        return attributes.isDirectory() ? "a directory" : attributes.isOther() ? "a pipe, socket or device" : "a file";
    }

    private static ReadResult checked(
            BasicFileAttributes attributes, int maxBytes, boolean onlyOurs, Path name, Opening opening)
            throws IOException {
        if (!attributes.isRegularFile()) {
            return new ReadResult.NotRegular(describe(attributes));
        }
        if (attributes.size() > maxBytes) {
            return new ReadResult.TooLarge(attributes.size(), maxBytes);
        }
        try (SeekableByteChannel channel = opening.open()) {
            return content(channel, attributes.size(), maxBytes, onlyOurs ? String.valueOf(name.getFileName()) : "");
        }
    }

    /** Reads the whole file; a name that is not empty asks to stop early when the content is somebody else's. */
    private static ReadResult content(SeekableByteChannel channel, long size, int maxBytes, String name)
            throws IOException {
        if (!name.isEmpty()) {
            ByteBuffer first = ByteBuffer.allocate(MAGIC.length);
            fill(channel, first);
            if (!mayBeOurs(first.flip(), name)) {
                return new ReadResult.Foreign();
            }
            channel.position(0);
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, maxBytes));
        while (fill(channel, buffer)) {
            ByteBuffer more = ByteBuffer.allocate(1);
            if (!fill(channel, more)) {
                break;
            }
            if (buffer.capacity() == maxBytes) {
                return new ReadResult.TooLarge(channel.size(), maxBytes);
            }
            int grown = (int) Math.min(maxBytes, Math.max(buffer.capacity() * 2L, 1024));
            buffer = ByteBuffer.allocate(grown).put(buffer.flip()).put(more.flip());
        }
        return new ReadResult.Content(Bytes.owning(Arrays.copyOf(buffer.array(), buffer.position())));
    }

    /** Fills the buffer; false when the file ended before it was full. */
    private static boolean fill(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the file may be one of ours, going by its first bytes. A file that a tool has made room for and not
     * filled yet begins with zeros, or is too short to tell: then its name is the better hint.
     */
    private static boolean mayBeOurs(ByteBuffer first, String name) {
        if (first.equals(ByteBuffer.wrap(MAGIC))) {
            return true;
        }
        boolean unfilled = first.limit() < MAGIC.length || first.getLong(0) == 0;
        return unfilled && ForeignNames.resemblesOurs(name);
    }

    @FunctionalInterface
    private interface Opening {
        SeekableByteChannel open() throws IOException;
    }
}
