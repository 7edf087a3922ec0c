package dev.cairn.replica.identity;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;

/**
 * The file {@code keys} in the state directory: the only place where a device's secrets are stored.
 *
 * <p>Readable by its user alone. It is replaced whole: a new file is written and forced, moved over the old one, and
 * the directory is forced, so that a crash leaves either the old secrets or the new.
 */
public final class SecretsFile {
    private static final String NAME = "keys";
    private static final int DIGEST_SIZE = 32;

    private final Path path;

    private SecretsFile(Path path) {
        this.path = path;
    }

    /** The file of a state directory. */
    public static SecretsFile in(StateDirectory directory) {
        return new SecretsFile(directory.path().resolve(NAME));
    }

    /** What came of reading. */
    public sealed interface Stored {
        /** The secrets are sound. */
        record Found(LocalSecrets secrets) implements Stored {}

        /** There is no such file: this device has no identity for the space. */
        record Missing(String problem) implements Stored {}

        /** There is one which cannot be used; {@code problem} is one line which says why and what to do. */
        record Unusable(String problem) implements Stored {}
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** Reads the secrets. A disk which fails throws an exception naming the file. */
    public Stored read() throws IOException {
        if (!Files.exists(path)) {
            return new Stored.Missing("there are no keys in " + path + "; create or join the space on this device");
        }
        if (!Files.isRegularFile(path) || Files.size(path) > SecretsCodec.BYTES_MAX) {
            return new Stored.Unusable(path + " is not a file of keys; restore it, or join the space again");
        }
        if (Posix.openToOthers(path)) {
            return new Stored.Unusable(
                    "other users may read or change the keys in " + path + "; run: chmod 600 " + path);
        }
        byte[] content = readAll();
        try {
            return decode(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private byte[] readAll() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size(), SecretsCodec.BYTES_MAX));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // a read may give less than there is
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    private Stored decode(byte[] content) {
        int body = content.length - DIGEST_SIZE;
        if (body < 0
                || !MessageDigest.isEqual(digest(content, body), Arrays.copyOfRange(content, body, content.length))) {
            return new Stored.Unusable(path + " is damaged; restore it from a backup, or join the space again");
        }
        return SecretsCodec.decode(ByteBuffer.wrap(content, 0, body).slice())
                .<Stored>map(Stored.Found::new)
                .orElseGet(
                        () -> new Stored.Unusable(path + " was written by another version of Cairn; update this one"));
    }

    /** Replaces the secrets; they are durable when this returns. */
    public void write(LocalSecrets secrets) throws IOException {
        byte[] body = SecretsCodec.encode(secrets);
        byte[] content = Arrays.copyOf(body, body.length + DIGEST_SIZE);
        try {
            System.arraycopy(digest(body, body.length), 0, content, body.length, DIGEST_SIZE);
            replace(content);
        } finally {
            Arrays.fill(content, (byte) 0);
            Arrays.fill(body, (byte) 0);
        }
    }

    private void replace(byte[] content) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null) {
            throw new FileSystemException(path.toString(), null, "has no directory");
        }
        Path fresh = Files.createTempFile(directory, NAME, ".new", Posix.ownerOnly(directory));
        try {
            writeForced(fresh, content);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        forceDirectory(directory);
    }

    private static void writeForced(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.WRITE))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Makes the move itself durable, where the platform lets a directory be opened. */
    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            // Windows and in-memory file systems open no directories; their moves are durable by themselves
            return;
        }
    }

    private static byte[] digest(byte[] content, int size) {
        MessageDigest sha256 = Bytes.newSha256();
        sha256.update(content, 0, size);
        return sha256.digest();
    }

    @Override
    public String toString() {
        return "SecretsFile[" + path + "]";
    }
}
