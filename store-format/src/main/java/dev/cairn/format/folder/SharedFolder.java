package dev.cairn.format.folder;

import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.format.folder.FolderOptions.Reading;
import dev.cairn.format.folder.Listing.Entry;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A folder that some other tool synchronises, on any disk and any {@link java.nio.file.FileSystem}.
 *
 * <p>Reading is open to everything in it; writing is not offered here but by the {@link OwnDirectory} of one writer, so
 * that no caller can touch another writer's files. No method throws for anything a folder can do; each answers with a
 * value. Safe for use by several threads.
 *
 * <p>The folder itself is never created, renamed or deleted, and nothing is written while it is missing or detached.
 */
public final class SharedFolder {
    /** The plain text file at the root which names the space; written once. */
    public static final String MARKER = "cairn-space.json";
    /** A marker is a few dozen bytes; a file of this name that is larger is somebody else's. */
    private static final int MARKER_BYTES_MAX = 4096;

    private final Path root;
    private final FolderOptions options;
    private final FolderReader reader;
    private final AtomicWriter files;
    private volatile boolean known;

    private SharedFolder(Path root, FolderOptions options, boolean known) {
        this.root = root;
        this.options = options;
        this.reader = new FolderReader(root);
        this.files = new AtomicWriter(root, options);
        this.known = known;
    }

    /** A folder this device has not used yet: it may still be empty. Touches nothing. */
    public static SharedFolder at(Path folder, FolderOptions options) {
        return new SharedFolder(folder.toAbsolutePath(), options, false);
    }

    /** A folder in which this device has already seen this space: when nothing of it is left, it is detached. */
    public static SharedFolder known(Path folder, FolderOptions options) {
        return new SharedFolder(folder.toAbsolutePath(), options, true);
    }

    /** The folder's absolute path. */
    public Path path() {
        return root;
    }

    /**
     * The regular files now in the folder. 100,000 names take a fraction of a second; no file is opened, so
     * placeholders stay where they are.
     */
    public Listing list() {
        Listing listing = new FolderScan(root).run();
        if (listing.state() != FolderState.ATTACHED) {
            return listing;
        }
        boolean ours = listing.resemblesOurs();
        known |= ours;
        return ours || !known ? listing : listing.detached();
    }

    /** The election files that lie in their exact places now. Absence of one proves nothing. */
    public List<Entry> electionFiles() {
        return new ElectionScan(root).papers();
    }

    /** The paths of copies of election files beside them, as tools and people make them; at most 64. */
    public List<String> electionCopies() {
        return new ElectionScan(root).copies();
    }

    /** The files at the top which other programs call {@code leader.lock}, conflict copies of it included. */
    public List<Entry> foreignLeaderFiles() {
        return new ElectionScan(root).foreign();
    }

    /** Whether the folder can be used now; cheap while the marker is in its place, else as dear as a listing. */
    public FolderState state() {
        if (!Files.isDirectory(root)) {
            return FolderState.MISSING;
        }
        if (Files.isRegularFile(root.resolve(MARKER), LinkOption.NOFOLLOW_LINKS)) {
            known = true;
            return FolderState.ATTACHED;
        }
        return known ? list().state() : FolderState.ATTACHED;
    }

    /**
     * The content of a listed file if it begins like a Cairn file, {@link ReadResult.Foreign} otherwise; at most
     * {@code maxBytes} are taken into memory. A file of another kind costs eight bytes.
     *
     * <p>A file that a sync tool has made room for but not filled, or begun but not finished, cannot be told by its
     * first bytes: it is {@code Content} when its name resembles ours, for the envelope to call incomplete.
     */
    public ReadResult read(Entry entry, int maxBytes) {
        return guarded(() -> reader.read(entry, maxBytes, true));
    }

    /** The content of a listed file, whatever it is. */
    public ReadResult readAny(Entry entry, int maxBytes) {
        return guarded(() -> reader.read(entry, maxBytes, false));
    }

    /** The content of the file at the root which names the space. */
    public ReadResult readMarker() {
        Entry entry = new Entry(root.resolve(MARKER), MARKER, 0, 0, 0);
        return readAny(entry, MARKER_BYTES_MAX);
    }

    /**
     * Puts the marker at the folder's root. Anything else that has its name is left as it is and answered with
     * {@link PublishResult.Failed}: the folder belongs to another space.
     */
    public PublishResult writeMarker(Bytes content) {
        FolderState state = state();
        if (state != FolderState.ATTACHED) {
            return new PublishResult.FolderMissing(state);
        }
        ReadResult found = readMarker();
        if (!(found instanceof ReadResult.Gone) && !found.equals(new ReadResult.Content(content))) {
            return new PublishResult.Failed(MARKER + ": the folder already belongs to another space");
        }
        PublishResult result = files.write(root.resolve(MARKER), content);
        known |= result.published();
        return result;
    }

    /** Whether a file of this name is still being received by a sync tool or staged by a device; listings omit it. */
    public static boolean isTemporary(String name) {
        return ForeignNames.isTemporary(name);
    }

    /** The directory of one writer incarnation of this device; nothing is created until something is published. */
    public OwnDirectory own(WriterId id) {
        return new OwnDirectory(this, files, id);
    }

    private ReadResult guarded(Supplier<ReadResult> read) {
        return options.reading() instanceof Reading.Guarded guard
                ? await(new FutureTask<>(read::get), guard.executor(), guard.timeout())
                : read.get();
    }

    private static ReadResult await(FutureTask<ReadResult> task, Executor executor, Duration timeout) {
        try {
            executor.execute(task);
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | RejectedExecutionException e) {
            task.cancel(true);
            return new ReadResult.TimedOut(timeout);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return new ReadResult.Unreadable("interrupted while reading");
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading must answer with a value", e.getCause());
        }
    }
}
