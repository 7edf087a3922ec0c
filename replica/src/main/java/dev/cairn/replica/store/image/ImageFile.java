package dev.cairn.replica.store.image;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in this device's state directory in which an image is put together or made; gone when it is closed.
 *
 * <p>Its name is one for all processes of the device, so it is made and used under the {@link
 * dev.cairn.replica.store.PublisherLock} alone. Who holds that may sweep away what a crash has left.
 */
public final class ImageFile implements AutoCloseable {
    private static final String PREFIX = "image-";

    private final Path path;

    private ImageFile(Path path) {
        this.path = path;
    }

    /** A file that does not exist yet: what a crash has left of one of that name goes. */
    public static ImageFile in(Path stateDirectory, String name) {
        ImageFile file = new ImageFile(stateDirectory.resolve(PREFIX + name));
        file.close();
        return file;
    }

    /** What is there of images in a state directory; of a crash, while nobody makes or reads one. */
    public static List<Path> leftOver(Path stateDirectory) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(stateDirectory, PREFIX + "*")) {
            files.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            return found; // left-overs are harmless, and the next start looks again
        }
        return found;
    }

    /** Deletes them; the caller holds the lock. */
    public static void sweep(Path stateDirectory) {
        leftOver(stateDirectory).forEach(path -> new ImageFile(path).close());
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** How many bytes it has. */
    public long size() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Adds bytes to its end. */
    public void append(Bytes bytes) {
        try {
            Files.write(path, bytes.toArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Some of its bytes. */
    public Bytes slice(long from, int size) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(size);
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                assert buffer.position() <= size;
            }
            if (buffer.hasRemaining()) {
                throw new IOException("ends at " + (from + buffer.position()));
            }
            return Bytes.owning(buffer.array());
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static UncheckedIOException failure(Path path, IOException e) {
        return new UncheckedIOException("cannot use " + path + ": " + e.getMessage(), e);
    }
}
