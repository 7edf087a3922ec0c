package dev.cairn.replica.store.image;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file in this device's state directory in which an image is put together or made; gone when it is closed. */
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
