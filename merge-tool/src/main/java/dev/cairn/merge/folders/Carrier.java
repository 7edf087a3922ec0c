package dev.cairn.merge.folders;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;

/**
 * Writes files whole: under a name which every sync tool leaves alone, and then under their own. A crash leaves such a
 * file, which the next run replaces and {@code cairn doctor --fix} deletes.
 */
final class Carrier {
    private final Path folder;

    Carrier(Path folder) {
        this.folder = folder;
    }

    /** Does one step. */
    void carry(Step step, Bytes content) throws IOException {
        Path target = inside(step.target());
        switch (step.what()) {
            case COPY, BESIDE -> write(target, content, false);
            case REPAIR, REPLACE -> write(target, content, true);
            case REPLACE_AND_KEEP -> {
                Bytes older = Bytes.owning(Files.readAllBytes(target));
                String directory = step.target().substring(0, step.target().lastIndexOf('/'));
                Path kept = inside(directory + "/merged-"
                        + older.sha256().toHex().substring(0, FileName.Numbered.DIGEST_DIGITS)
                        + FileName.EXTENSION);
                if (!Files.exists(kept)) {
                    write(kept, older, false);
                }
                write(target, content, true);
            }
            case KNOWN, REFUSED -> throw new IllegalArgumentException("nothing to carry: " + step);
        }
    }

    /** Targets are made of ids and numbers; one that leads elsewhere would be a fault of this program. */
    private Path inside(String target) {
        Path path = folder.resolve(target).normalize();
        if (!path.startsWith(folder.normalize())) {
            throw new IllegalArgumentException("not inside the folder: " + target);
        }
        return path;
    }

    private static void write(Path target, Bytes content, boolean replace) throws IOException {
        Files.createDirectories(target.getParent());
        Path staging = target.resolveSibling("~syncthing~" + letters(content.sha256()) + ".~.tmp");
        try {
            try (SeekableByteChannel channel = Files.newByteChannel(
                    staging,
                    Set.of(
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.SYNC,
                            LinkOption.NOFOLLOW_LINKS))) {
                ByteBuffer rest = content.asByteBuffer();
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
            if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString(), null, "came meanwhile");
            }
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(staging);
        }
    }

    /** Sixteen letters of a digest, in the alphabet of staging names. */
    private static String letters(Bytes digest) {
        return digest.toHex()
                .substring(0, 16)
                .toLowerCase(Locale.ROOT)
                .replace('0', 'g')
                .replace('1', 'h')
                .replace('8', 'i')
                .replace('9', 'j');
    }
}
