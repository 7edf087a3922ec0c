package dev.cairn.cli.command.document;

import dev.cairn.cli.command.TextFile;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Failures;
import dev.cairn.cli.shell.Shell;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;

/** The user's own text editor. */
final class Editor {
    private final Shell shell;
    private final String command;

    private Editor(Shell shell, String command) {
        this.shell = shell;
        this.command = command;
    }

    /** {@code $VISUAL}, else {@code $EDITOR}, else vi. */
    static Editor of(Shell shell) {
        return new Editor(
                shell,
                shell.variable("VISUAL").or(() -> shell.variable("EDITOR")).orElse("vi"));
    }

    /** What becomes of an edited text. */
    interface Use {
        void accept(String edited) throws IOException;
    }

    /**
     * Lets the user edit a text, in a file which only the user can read, and uses it. The file is gone afterwards,
     * unless something failed and the user had saved something: then the failure says where it is.
     */
    void edit(String text, Use use) throws IOException {
        Path directory = Files.createTempDirectory("cairn-edit-", privately("rwx------"));
        Path file = directory.resolve("text.txt");
        try {
            Files.createFile(file, privately("rw-------"));
            Files.writeString(file, text);
            run(file);
            use.accept(TextFile.read(file, "what the editor saved"));
        } catch (IOException | RuntimeException failed) {
            Failure failure = Failures.of(failed);
            if (!wasEdited(file, text)) {
                deleteAll(directory);
                throw failure;
            }
            throw new Failure(
                    failure.exit(), failure.code(), failure.text() + "; what you wrote is kept in " + file, failure);
        }
        deleteAll(directory);
    }

    private static boolean wasEdited(Path file, String text) throws IOException {
        return Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), text.getBytes(StandardCharsets.UTF_8));
    }

    private void run(Path file) throws IOException {
        // as git does: the variable may hold options, or a whole shell command
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", command + " \"$1\"", "editor", file.toString()).inheritIO();
        builder.directory(shell.directory().toFile());
        Map<String, String> environment = builder.environment();
        environment.putAll(shell.env());
        int status;
        try {
            status = builder.start().waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the editor was open");
        }
        if (status != 0) {
            throw new Failure(
                    Exit.NO,
                    "editor_failed",
                    "the editor ended with status " + status + ": " + command + ": nothing was changed");
        }
    }

    /** Editors leave backups and undo files beside the text; they hold it too. */
    private static void deleteAll(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(directory);
    }

    private static FileAttribute<?> privately(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
