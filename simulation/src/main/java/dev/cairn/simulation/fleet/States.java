package dev.cairn.simulation.fleet;

import dev.cairn.simulation.disk.FaultyFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The private states of all devices: on their own disks, or as directories below one directory of a real disk.
 *
 * <p>On a simulated disk a power cut costs what was not forced. On a real one a process which ends by force may not
 * write any more, but this one lives on; so the state is copied at that moment, the application goes on with the copy,
 * and the original goes.
 */
final class States {

    private final Optional<Path> real;
    private int copies;

    States(Optional<Path> real) {
        this.real = real;
    }

    /** A new, empty directory of a device. */
    Path fresh(String name, FaultyFileSystem disk) {
        Path root = real.orElseGet(
                () -> disk.real().getRootDirectories().iterator().next().resolve("states"));
        try {
            Path directory = Files.createDirectories(root.resolve(name + "." + copies++));
            return real.isPresent() ? directory : disk.wrap(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a state directory for " + name, e);
        }
    }

    /** Where the state is after the power was cut. */
    Path afterPowerLoss(String name, FaultyFileSystem disk, Path state) {
        return real.isPresent() ? copy(name, disk, state) : state;
    }

    /** Copies a state; shared memory of SQLite is rebuilt by whoever opens it. */
    Path copy(String name, FaultyFileSystem disk, Path state) {
        Path copy = fresh(name, disk);
        Path from = behind(state);
        Path to = behind(copy);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted().toList()) {
                Path target = to.resolve(from.relativize(file).toString().replace('\\', '/'));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.toString().endsWith("-shm")) {
                    Files.copy(file, target, options(file));
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the state of " + name, e);
        }
    }

    /** Who may read a file matters on a real disk. */
    private static CopyOption[] options(Path file) {
        return file.getFileSystem().equals(FileSystems.getDefault())
                ? new CopyOption[] {StandardCopyOption.COPY_ATTRIBUTES}
                : new CopyOption[0];
    }

    private static Path behind(Path path) {
        return path.getFileSystem() instanceof FaultyFileSystem disk ? disk.unwrap(path) : path;
    }

    void discard(Path dead, Path alive) {
        if (!dead.equals(alive)) {
            remove(behind(dead));
        }
    }

    void removeAll() {
        real.ifPresent(States::remove);
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }
}
