package dev.cairn.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;

/** The temporary directory with every device's folder and private state. */
final class Stage implements AutoCloseable {
    /** How the tools we know spell the second copy of a file which they did not dare to merge. */
    private static final Pattern CONFLICT =
            Pattern.compile("sync-conflict|conflicted copy|conflict-|\\(\\d+\\)|-conflict", Pattern.CASE_INSENSITIVE);

    private final Path root;
    private final boolean keep;

    Stage(boolean keep) {
        this.keep = keep;
        try {
            this.root = Files.createTempDirectory("cairn-demo-").toRealPath();
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary directory for the demo", failed);
        }
    }

    Path root() {
        return root;
    }

    /** A device's synced folder. */
    Path folder(String device) {
        return directory(device, "folder");
    }

    /** A device's private directory. */
    Path state(String device) {
        return directory(device, "state");
    }

    private Path directory(String device, String name) {
        try {
            return Files.createDirectories(root.resolve(device).resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException("no directory for " + device, failed);
        }
    }

    /** What lies in a folder of ours, the sync tool's own files left out. */
    Contents contents(String device) {
        Contents contents = new Contents();
        try {
            Files.walkFileTree(folder(device), contents);
            return contents;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list the folder of " + device, failed);
        }
    }

    /** Files and bytes of a folder, and how many of the files are a sync tool's conflict copies. */
    static final class Contents extends SimpleFileVisitor<Path> {
        private int files;
        private long bytes;
        private int conflictFiles;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !file.toString().contains(".stfolder")) {
                files++;
                bytes += attributes.size();
                conflictFiles += CONFLICT.matcher(file.getFileName().toString()).find() ? 1 : 0;
            }
            return FileVisitResult.CONTINUE;
        }

        /** The sync tool renames its temporary files while we look. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        int files() {
            return files;
        }

        long bytes() {
            return bytes;
        }

        int conflictFiles() {
            return conflictFiles;
        }
    }

    @Override
    public void close() {
        if (keep) {
            return;
        }
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException problem) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove " + root, failed);
        }
    }
}
