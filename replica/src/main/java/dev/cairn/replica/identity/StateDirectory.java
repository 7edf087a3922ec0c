package dev.cairn.replica.identity;

import dev.cairn.format.SpaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The directory in which a device keeps what is its own: outside of the synced folder, and readable by its user alone.
 *
 * <p>Neither may lie inside the other: a sync tool would hand out the keys, or copy one device's identity to all.
 */
public final class StateDirectory {
    private static final String OWNER_ONLY = "rwx------";

    private final Path path;

    private StateDirectory(Path path) {
        this.path = path;
    }

    /** What came of choosing a directory. */
    public sealed interface Located {
        /** It may be used; it need not exist yet. */
        record Usable(StateDirectory directory) implements Located {}

        /** It may not be used; {@code problem} is one line which says why and what to do. */
        record Refused(String problem) implements Located {}
    }

    /**
     * The directory at {@code state} for the space in {@code folder}. Symbolic links are followed; nothing is
     * created.
     */
    public static Located locate(Path state, Path folder) throws IOException {
        Path realState = resolved(state);
        if (!realState.getFileSystem().equals(folder.getFileSystem())) {
            return new Located.Usable(new StateDirectory(realState));
        }
        Path realFolder = resolved(folder);
        if (within(realState, realFolder)) {
            return new Located.Refused("the state directory " + state + " lies inside the synced folder " + folder
                    + "; choose one outside of it");
        }
        if (within(realFolder, realState)) {
            return new Located.Refused("the synced folder " + folder + " lies inside the state directory " + state
                    + "; choose another state directory");
        }
        return new Located.Usable(new StateDirectory(realState));
    }

    /**
     * Where this platform keeps the state of programs.
     *
     * @param system the name of the operating system, as in the system property {@code os.name}
     * @param home the user's home directory
     * @param environment the environment variables
     */
    public record Platform(String system, Path home, Map<String, String> environment) {
        /** Copies the variables. */
        public Platform {
            environment = Map.copyOf(environment);
        }

        /** The directory for one space. */
        public Path directory(SpaceId space) {
            return root().resolve("cairn").resolve(space.toString());
        }

        private Path root() {
            if (system.startsWith("Windows")) {
                return variable("LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
            }
            if (system.startsWith("Mac")) {
                return home.resolve("Library").resolve("Application Support");
            }
            return variable("XDG_STATE_HOME").orElse(home.resolve(".local").resolve("state"));
        }

        /** A variable which holds an absolute path; the XDG specification says to ignore any other. */
        private Optional<Path> variable(String name) {
            return Optional.ofNullable(environment.get(name))
                    .filter(value -> !value.isEmpty())
                    .map(value -> home.getFileSystem().getPath(value))
                    .filter(Path::isAbsolute);
        }
    }

    /** Whether something else than a directory is in the place of one. */
    public static boolean isFile(Path state) {
        return Files.exists(state) && !Files.isDirectory(state);
    }

    /** Where it lies, with symbolic links resolved. */
    public Path path() {
        return path;
    }

    /** Makes the directory, for its user alone where the file system knows of users. */
    public void create() throws IOException {
        Files.createDirectories(path);
        if (Posix.supportedBy(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(OWNER_ONLY));
        }
    }

    /** The real path, also of what does not exist yet: of its nearest existing ancestor, with the rest behind. */
    private static Path resolved(Path path) throws IOException {
        Path existing = path.toAbsolutePath().normalize();
        Path missing = existing.getFileSystem().getPath("");
        while (!Files.exists(existing) && existing.getParent() != null) {
            missing = existing.getFileName().resolve(missing);
            existing = existing.getParent();
        }
        return existing.toRealPath().resolve(missing).normalize();
    }

    /** By name and, because names differ in case or through mounts, by file. */
    private static boolean within(Path inner, Path outer) throws IOException {
        if (inner.startsWith(outer)) {
            return true;
        }
        for (Path up = inner; up != null && Files.exists(outer); up = up.getParent()) {
            if (Files.exists(up) && Files.isSameFile(up, outer)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
