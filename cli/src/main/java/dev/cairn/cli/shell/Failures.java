package dev.cairn.cli.shell;

import dev.cairn.replica.SpaceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Every exception that ends a command, as a {@link Failure}. */
public final class Failures {
    private Failures() {}

    /** What is told of an exception. */
    public static Failure of(Exception problem) {
        if (problem instanceof Failure failure) {
            return failure;
        }
        if (problem instanceof SpaceException refused) {
            return new Failure(
                    exit(refused.code()), refused.code().text(), String.valueOf(refused.getMessage()), refused);
        }
        if (problem instanceof UncheckedIOException && problem.getCause() instanceof IOException cause) {
            return ofDisk(cause, problem);
        }
        if (problem instanceof IOException broken) {
            return ofDisk(broken, broken);
        }
        String what = problem.getMessage() == null ? "" : " " + problem.getMessage();
        return new Failure(
                Exit.ENVIRONMENT,
                "internal",
                "internal error: " + problem.getClass().getSimpleName() + what
                        + ": this is a bug in cairn: run again with CAIRN_DEBUG=1 and report what it prints",
                problem);
    }

    private static Exit exit(SpaceException.Code code) {
        return switch (code) {
            case FOLDER_MISSING,
                    NOT_A_SPACE,
                    NO_IDENTITY,
                    BAD_IDENTITY,
                    STATE_INSIDE_FOLDER,
                    STATE_UNSUPPORTED,
                    TOO_NEW -> Exit.ENVIRONMENT;
            case ALREADY_A_SPACE, BAD_INVITE, READ_ONLY_ROLE, LEADER_ONLY, LIMIT, UNKNOWN_VERSION -> Exit.NO;
            case AWAITING_APPROVAL -> Exit.WAITING;
        };
    }

    private static boolean isFull(FileSystemException refused) {
        return refused.getReason() != null
                && refused.getReason().toLowerCase(Locale.ROOT).contains("no space left");
    }

    private static Failure ofDisk(IOException cause, Exception all) {
        String text;
        if (cause instanceof FileSystemException full && isFull(full)) {
            return new Failure(
                    Exit.ENVIRONMENT,
                    "disk_full",
                    "no space left on the disk of " + full.getFile() + ": make room and run the command again",
                    all);
        }
        if (cause instanceof NoSuchFileException missing) {
            text = "no such file: " + missing.getFile() + ": check the path";
        } else if (cause instanceof AccessDeniedException denied) {
            text = "access denied: " + denied.getFile() + ": check its permissions";
        } else if (cause instanceof NotDirectoryException file) {
            text = "not a directory: " + file.getFile() + ": check the path";
        } else if (cause instanceof FileSystemException other && other.getReason() != null) {
            text = other.getReason() + ": " + other.getFile() + ": check the disk";
        } else {
            text = all.getMessage() + ": check the disk and its permissions";
        }
        return new Failure(Exit.ENVIRONMENT, "io", text, all);
    }
}
