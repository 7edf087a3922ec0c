package dev.cairn.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The published test vectors, which are not part of this repository. */
public final class SharedData {
    private SharedData() {}

    /** The text of one file of published vectors, or nothing, said aloud, when they are not on this machine. */
    public static Optional<String> vectors(String name) {
        Path file = Path.of(System.getProperty("cairn.root", "."), "..", "shared", "data", "vectors", name)
                .normalize();
        if (!Files.isRegularFile(file)) {
            System.err.println("NOT CHECKED: the published vectors " + name + " are absent at " + file);
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
