package dev.cairn.election.local;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A small file that is replaced as a whole: a crash leaves the old one or the new one. */
final class WholeFile {
    private static final int BYTES_MAX = 1 << 20;

    private final Path path;

    WholeFile(Path path) {
        this.path = path;
    }

    Optional<Bytes> read() throws IOException {
        try {
            return Files.size(path) > BYTES_MAX
                    ? Optional.of(Bytes.empty())
                    : Optional.of(Bytes.owning(Files.readAllBytes(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(Bytes content) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = content.asByteBuffer();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            forceDirectory(directory);
        }
    }

    /** Makes the names in a directory durable; where that cannot be done they are as durable as they get. */
    static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        } catch (IOException | UnsupportedOperationException e) {
            // see above
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
