package dev.cairn.merge.doctor;

import dev.cairn.format.FileName;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.SharedFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The folder as a disk: is it there, may it be read and written, is there room, how many directories has it? */
final class FolderExam {
    /** Age from which a file under a temporary name is what a crash has left; no transfer takes that long. */
    static final Duration LEFT_OVER_AFTER = Duration.ofHours(24);

    /** A number of 64 bits and a line end are shorter. */
    private static final int LIMIT_BYTES_MAX = 64;

    private final Path folder;
    private final Machine machine;
    private final Instant now;
    private final List<Diagnosis> found = new ArrayList<>();

    FolderExam(Path folder, Machine machine, Instant now) {
        this.folder = folder;
        this.machine = machine;
        this.now = now;
    }

    List<Diagnosis> of(Listing listing, Optional<Path> state) {
        if (listing.state() == FolderState.MISSING) {
            found.add(new Diagnosis(Cause.FOLDER_MISSING, folder.toString(), "is not there"));
        } else if (listing.state() == FolderState.UNREADABLE) {
            found.add(new Diagnosis(Cause.FOLDER_UNREADABLE, folder.toString(), listing.reason()));
        } else if (listing.state() == FolderState.DETACHED) {
            found.add(new Diagnosis(
                    Cause.FOLDER_EMPTIED, folder.toString(), "holds nothing of the space which this device knows"));
        } else {
            rights();
            watches(listing);
        }
        room(folder, "the synced folder");
        state.ifPresent(directory -> room(directory, "this device's state"));
        return found;
    }

    /** Where a walk reads permissions, and finds what crashes have left. */
    private void rights() {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            // of a directory that is mounted read-only out of a disk that is not, only the system itself knows
            if (Files.getFileStore(folder).isReadOnly() || (isAllowed(folder) && !Files.isWritable(folder))) {
                found.add(new Diagnosis(Cause.FOLDER_READ_ONLY, folder.toString(), "is on a disk which is read-only"));
            }
            for (Path path : ours(folder)) {
                boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
                if (posix && !Files.isSymbolicLink(path)) {
                    right(path, directory);
                }
                if (!directory && isLeftOver(path, now)) {
                    found.add(new Diagnosis(
                            Cause.LEFT_OVER, shown(path), "is more than a day old and was never finished"));
                }
            }
        } catch (IOException | UncheckedIOException unreadable) {
            found.add(new Diagnosis(
                    Cause.PERMISSIONS, folder.toString(), "cannot be walked: " + unreadable.getMessage()));
        }
    }

    /** Whether its rights, as far as it has such, let its user write. */
    private static boolean isAllowed(Path path) throws IOException {
        return !path.getFileSystem().supportedFileAttributeViews().contains("posix")
                || Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_WRITE);
    }

    private void right(Path path, boolean directory) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        boolean readable = rights.contains(PosixFilePermission.OWNER_READ)
                && (!directory || rights.contains(PosixFilePermission.OWNER_EXECUTE));
        if (!readable) {
            found.add(new Diagnosis(Cause.PERMISSIONS, shown(path), "does not let its own user read it"));
        }
        if (directory && !rights.contains(PosixFilePermission.OWNER_WRITE)) {
            found.add(new Diagnosis(Cause.FOLDER_READ_ONLY, shown(path), "does not let its own user write"));
        }
    }

    /** The folder, its marker, and all below its directory of devices, as far as it can be entered. */
    static List<Path> ours(Path folder) throws IOException {
        List<Path> paths = new ArrayList<>(List.of(folder));
        Path marker = folder.resolve(SharedFolder.MARKER);
        if (Files.exists(marker)) {
            paths.add(marker);
        }
        Path devices = folder.resolve(FileName.DEVICES);
        if (Files.isDirectory(devices)) {
            walk(devices, paths);
        }
        return paths;
    }

    private static void walk(Path directory, List<Path> paths) throws IOException {
        paths.add(directory);
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            return;
        }
        try (Stream<Path> inside = Files.list(directory)) {
            for (Path path : inside.sorted().toList()) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    walk(path, paths);
                } else {
                    paths.add(path);
                }
            }
        }
    }

    /** Whether it is old and has the name of a file that is being written. */
    static boolean isLeftOver(Path path, Instant now) throws IOException {
        return SharedFolder.isTemporary(path.getFileName().toString())
                && Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .plus(LEFT_OVER_AFTER)
                        .isBefore(now);
    }

    private String shown(Path path) {
        return path.equals(folder) ? folder.toString() : folder.relativize(path).toString();
    }

    private void watches(Listing listing) {
        try {
            if (Files.isReadable(machine.watchLimit())) {
                long limit = limit(machine.watchLimit());
                long needed = listing.ignored().directories() + 1L;
                if (needed > limit) {
                    found.add(new Diagnosis(
                            Cause.WATCH_LIMIT,
                            folder.toString(),
                            "has " + needed + " directories, and the system watches " + limit + " for one user"));
                }
            }
        } catch (IOException | NumberFormatException unknown) {
            // a system that says nothing about its limit has none that could be compared
            return;
        }
    }

    /** The number in a file of the system, which answers the first read only: a byte too few asked for is lost. */
    private static long limit(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Long.parseLong(new String(in.readNBytes(LIMIT_BYTES_MAX), StandardCharsets.US_ASCII).strip());
        }
    }

    private void room(Path path, String what) {
        try {
            Path existing = path.toAbsolutePath();
            while (existing != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            if (existing != null) {
                long free = Files.getFileStore(existing).getUsableSpace();
                if (free < machine.freeBytesMin()) {
                    found.add(new Diagnosis(
                            Cause.DISK_FULL, path.toString(), "has " + free + " bytes left on the disk of " + what));
                }
            }
        } catch (IOException unknown) {
            // a disk that does not say how full it is cannot be judged
            return;
        }
    }
}
