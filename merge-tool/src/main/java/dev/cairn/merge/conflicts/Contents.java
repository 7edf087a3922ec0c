package dev.cairn.merge.conflicts;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The contents of files which are small enough to be text that somebody wrote. */
final class Contents {
    /** 32 MiB: a hundred times the longest novel. */
    static final int BYTES_MAX = 32 << 20;

    private Contents() {}

    /** The bytes of a regular file; nothing if it is larger. */
    static Optional<Bytes> read(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(BYTES_MAX + 1);
            return content.length > BYTES_MAX ? Optional.empty() : Optional.of(Bytes.owning(content));
        }
    }
}
