package dev.cairn.format.folder;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The regular files of a folder at one moment, sorted by path; immutable.
 *
 * <p>A listing is what was seen and not a snapshot: files come and go while it is taken. A path that is absent from it
 * proves nothing, and an entry may be gone when it is read. Every regular file is an entry whatever it is called,
 * except the temporaries of sync tools; directories which belong to a tool ({@code .stversions}, ...) are not entered.
 */
public final class Listing {
    private static final Comparator<Entry> BY_PATH = Comparator.comparing(Entry::path);

    private final FolderState state;
    private final String reason;
    private final List<Entry> entries;
    private final Ignored ignored;
    private final List<Problem> problems;
    private final List<String> evicted;

    private Listing(
            FolderState state,
            String reason,
            List<Entry> entries,
            Ignored ignored,
            List<Problem> problems,
            List<String> evicted) {
        this.state = state;
        this.reason = reason;
        this.entries = List.copyOf(entries);
        this.ignored = ignored;
        this.problems = List.copyOf(problems);
        this.evicted = List.copyOf(evicted);
    }

    static Listing unavailable(FolderState state, String reason) {
        return new Listing(state, reason, List.of(), Ignored.NOTHING, List.of(), List.of());
    }

    static Listing of(List<Entry> entries, Ignored ignored, List<Problem> problems, List<String> evicted) {
        FolderState state = FolderState.ATTACHED;
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(BY_PATH);
        return new Listing(state, state.advice(), sorted, ignored, problems, evicted);
    }

    /** The same files, in a folder of which nothing may be concluded. */
    Listing detached() {
        FolderState state = FolderState.DETACHED;
        return new Listing(state, state.advice(), entries, ignored, problems, evicted);
    }

    /** Whether the folder can be believed; only {@link FolderState#ATTACHED} allows conclusions from what is listed. */
    public FolderState state() {
        return state;
    }

    /** One line on the state: what the disk said, or the advice for it. */
    public String reason() {
        return reason;
    }

    /** The regular files, sorted by path. */
    public List<Entry> entries() {
        return entries;
    }

    /** How much of what was found is not a file to look at. */
    public Ignored ignored() {
        return ignored;
    }

    /** What could not be looked at, at most a hundred problems; the rest of the folder is listed. */
    public List<Problem> problems() {
        return problems;
    }

    /** Paths of files a provider has taken off this disk and left a stub for ({@code .NAME.icloud}), as NAME. */
    public List<String> evicted() {
        return evicted;
    }

    /** Whether anything in the folder, whatever has been done to its name, tells of a Cairn space. */
    boolean resemblesOurs() {
        return entries.stream().anyMatch(entry -> ForeignNames.resemblesOurs(entry.name()));
    }

    /** The entry with exactly this path. */
    public Optional<Entry> find(String path) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = entries.get(middle).path().compareTo(path);
            if (order == 0) {
                return Optional.of(entries.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "Listing[" + state + ", " + entries.size() + " files, " + ignored + ", " + problems.size()
                + " problems]";
    }

    /**
     * One regular file as it was seen.
     *
     * <p>Equal entries (path, size, time and key) are the same file with the same content, as far as a file system can
     * tell without reading it. Never the other way round, and times say nothing about when a file arrived.
     */
    public static final class Entry {
        private final Path location;
        private final String path;
        private final long size;
        private final long modifiedNanos;
        private final int fileKey;

        Entry(Path location, String path, long size, long modifiedNanos, int fileKey) {
            this.location = location;
            this.path = path;
            this.size = size;
            this.modifiedNanos = modifiedNanos;
            this.fileKey = fileKey;
        }

        Path location() {
            return location;
        }

        /**
         * The path below the folder with {@code /} between names, unique within a listing. A name which is no text in
         * this machine's encoding is shown percent-encoded behind U+FFFD, so no path is ever parsed back into a file.
         */
        public String path() {
            return path;
        }

        /** The last name of the path. */
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** Size in bytes, which for a placeholder is what it will be. */
        public long size() {
            return size;
        }

        /**
         * Time of modification in nanoseconds since 1970, as the file system says; the origin's time with most tools.
         */
        public long modifiedNanos() {
            return modifiedNanos;
        }

        /** Time of modification, as the file system says. */
        public FileTime modified() {
            return FileTime.from(modifiedNanos, TimeUnit.NANOSECONDS);
        }

        /** A hash of the file system's key (device and inode), 0 where there is none; different means another file. */
        public int fileKey() {
            return fileKey;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that
                    && size == that.size
                    && modifiedNanos == that.modifiedNanos
                    && fileKey == that.fileKey
                    && path.equals(that.path);
        }

        @Override
        public int hashCode() {
            return Objects.hash(path, size, modifiedNanos, fileKey);
        }

        @Override
        public String toString() {
            return path + " (" + size + " bytes)";
        }
    }

    /**
     * Counts of what is no file to look at.
     *
     * @param symbolicLinks links, never followed
     * @param special pipes, sockets, devices
     * @param directories directories that were entered
     * @param temporaries files a sync tool, or a device publishing here, has not finished
     * @param toolDirectories directories of a sync tool that were not entered
     */
    public record Ignored(int symbolicLinks, int special, int directories, int temporaries, int toolDirectories) {
        static final Ignored NOTHING = new Ignored(0, 0, 0, 0, 0);
    }

    /** Something in the folder that could not be looked at, and why. */
    public record Problem(String path, String reason) {}
}
