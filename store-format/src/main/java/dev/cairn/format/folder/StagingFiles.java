package dev.cairn.format.folder;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files which are being written and have no name of their own yet. */
final class StagingFiles {
    /** Age from which a staging file is what a crash has left; no write takes that long. */
    private static final Duration STALE = Duration.ofHours(24);
    /** Directories below a writer's directory in which files are staged. */
    private static final int LEVELS = 3;

    private static final Pattern NAME = Pattern.compile("~syncthing~[a-z2-7]{16}\\.~\\.tmp");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private StagingFiles() {}

    /** A name that Syncthing, Dropbox, OneDrive, Nextcloud and iCloud all leave alone, and nobody else has chosen. */
    static String freshName(RandomGenerator random) {
        String letters = random.ints(16, 0, ALPHABET.length())
                .mapToObj(i -> ALPHABET.substring(i, i + 1))
                .collect(Collectors.joining());
        return "~syncthing~" + letters + ".~.tmp";
    }

    /** Deletes what is left over in and below a directory; returns how many. What cannot be deleted stays. */
    static int sweep(Path directory, Instant now) {
        return sweep(directory, now, LEVELS);
    }

    private static int sweep(Path directory, Instant now, int levels) {
        if (levels == 0 || !AtomicWriter.isPlainDirectory(directory)) {
            return 0;
        }
        int swept = 0;
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path each : stream) {
                boolean staged = NAME.matcher(each.getFileName().toString()).matches();
                swept += staged ? delete(each, now) : sweep(each, now, levels - 1);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // left-overs are harmless, and the next start sweeps again
        }
        return swept;
    }

    private static int delete(Path file, Instant now) {
        try {
            Instant modified =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            return modified.plus(STALE).isBefore(now) && Files.deleteIfExists(file) ? 1 : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
