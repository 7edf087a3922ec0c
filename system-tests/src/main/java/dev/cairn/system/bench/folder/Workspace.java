package dev.cairn.system.bench.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory of a benchmark; closing deletes it. */
final class Workspace implements AutoCloseable {
    private final Path root;

    Workspace() throws IOException {
        root = Files.createTempDirectory("cairn-bench");
    }

    /** A new directory. */
    Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** Copies a tree to a new place. */
    Path copy(Path from, String name) throws IOException {
        Path to = root.resolve(name);
        for (Path source : tree(from)) {
            Path target = to.resolve(from.relativize(source).toString());
            if (Files.isDirectory(source)) {
                Files.createDirectories(target);
            } else {
                Files.copy(source, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    static List<Path> tree(Path from) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            return walk.sorted().toList();
        }
    }

    static long files(Path folder) throws IOException {
        return tree(folder).stream().filter(Files::isRegularFile).count();
    }

    static long bytes(Path folder) throws IOException {
        return tree(folder).stream()
                .filter(Files::isRegularFile)
                .mapToLong(Workspace::size)
                .sum();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            tree(root).stream()
                    .sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
