package dev.cairn.replica.inbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.replica.store.KnownFile;
import dev.cairn.replica.store.KnownFile.State;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.tasks.Tasks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of the folder as this device knows them, and which of them are worth reading now.
 *
 * <p>A file is known by path, size, time and key; one that has not changed is not opened again, except when it was not
 * verified and its time for another look has come. A refresh without news costs a listing. One thread at a
 * time; only the reading itself is spread over the executor.
 */
public final class Inbox {
    /** Files read at once, which bounds the memory of a refresh together with {@link #BATCH_BYTES_MAX}. */
    private static final int BATCH_FILES_MAX = 256;
    /** Bytes read at once: two of the largest files. */
    private static final long BATCH_BYTES_MAX = 32L << 20;
    /** The first wait before another look, in milliseconds; it doubles up to {@link #RETRY_MILLIS_MAX}. */
    private static final long RETRY_MILLIS_MIN = 1_000;

    private static final long RETRY_MILLIS_MAX = 600_000;

    /** The same for a file with a verdict, which is rarely another one the next time. */
    private static final long VERDICT_MILLIS_MIN = 60_000;

    private static final long VERDICT_MILLIS_MAX = 3_600_000;

    /** Refusals that new keys or a new role lift. */
    private static final Set<String> BY_MEMBERS = Set.of("WRONG_KEY", "NOT_A_WRITER");

    private static final Set<String> ELECTION_NAMES = Stream.of(FileKind.values())
            .filter(FileKind::election)
            .map(kind -> new FileName.Election(kind).text())
            .collect(Collectors.toUnmodifiableSet());

    private final SharedFolder folder;
    private final LocalStore store;
    private final Map<String, KnownFile> known = new ConcurrentHashMap<>();
    private final Map<Bytes, String> taken = new ConcurrentHashMap<>();
    private long newestRow;
    private volatile Optional<Listing> listing = Optional.empty();

    /** The inbox of a folder, with what the store knows of it. */
    public Inbox(SharedFolder folder, LocalStore store) {
        this.folder = folder;
        this.store = store;
        catchUp();
    }

    /** Takes in what other processes have learnt of the files. */
    public void catchUp() {
        for (KnownFile file : store.files().after(newestRow)) {
            remember(file);
        }
        newestRow = store.files().newest();
    }

    private void remember(KnownFile file) {
        known.put(file.path(), file);
        if (file.state().verified()) {
            file.digest().ifPresent(digest -> taken.putIfAbsent(digest, file.path()));
        }
    }

    /** Lists the folder. */
    public Listing list() {
        Listing listed = folder.list();
        listing = Optional.of(listed);
        return listed;
    }

    /** The newest listing, once there was one. */
    public Optional<Listing> listing() {
        return listing;
    }

    /** What is known of a file. */
    public Optional<KnownFile> known(String path) {
        return Optional.ofNullable(known.get(path));
    }

    /** Where in the newest listing a verified file with that digest lies, if it does. */
    public Optional<Listing.Entry> listed(Bytes digest) {
        Optional<Listing.Entry> likely = Optional.ofNullable(taken.get(digest)).flatMap(path -> entry(path, digest));
        return likely.isPresent()
                ? likely
                : known.values().stream()
                        .filter(file -> file.digest().filter(digest::equals).isPresent())
                        .flatMap(file -> entry(file.path(), digest).stream())
                        .findFirst();
    }

    private Optional<Listing.Entry> entry(String path, Bytes digest) {
        return listing.flatMap(listed -> listed.find(path))
                .filter(entry -> known.containsKey(path)
                        && same(known.get(path), entry)
                        && known.get(path).state().verified()
                        && known.get(path).digest().filter(digest::equals).isPresent());
    }

    /** What is known of all files which were ever seen. */
    public Collection<KnownFile> known() {
        return Collections.unmodifiableCollection(known.values());
    }

    /** The files of a listing which are new, have changed, or are due for another look; member entries first. */
    public List<Listing.Entry> worthReading(Listing listed, long nowMillis) {
        List<Listing.Entry> entries = new ArrayList<>();
        List<Listing.Entry> others = new ArrayList<>();
        for (Listing.Entry entry : listed.entries()) {
            if (worthReading(entry, nowMillis)) {
                (entry.path().contains("/keys/") ? entries : others).add(entry);
            }
        }
        entries.addAll(others);
        return entries;
    }

    private boolean worthReading(Listing.Entry entry, long nowMillis) {
        if (isElectionFile(entry)) {
            return false;
        }
        KnownFile file = known.get(entry.path());
        if (file == null || !same(file, entry)) {
            return true;
        }
        return file.worthAnotherLook() && isDue(file, nowMillis);
    }

    /** The election reads its files itself, and only where they belong. */
    private static boolean isElectionFile(Listing.Entry entry) {
        return ELECTION_NAMES.contains(entry.name())
                && FileName.parsePath(entry.path()).isPresent();
    }

    /** A clock that was set back must not keep a file waiting for a year. */
    private static boolean isDue(KnownFile file, long nowMillis) {
        long longest = file.state().unfinished() ? RETRY_MILLIS_MAX : VERDICT_MILLIS_MAX;
        return nowMillis >= file.retryAtMillis() || file.retryAtMillis() - nowMillis > longest;
    }

    private static boolean same(KnownFile file, Listing.Entry entry) {
        return file.size() == entry.size()
                && file.modifiedNanos() == entry.modifiedNanos()
                && file.fileKey() == entry.fileKey();
    }

    /** When the next file is due for another look, if any is. */
    public Optional<Long> nextLookMillis() {
        return known.values().stream()
                .filter(KnownFile::worthAnotherLook)
                .filter(file -> isListed(file.path()))
                .map(KnownFile::retryAtMillis)
                .min(Long::compare);
    }

    /** The start of a list that is read at once. */
    public static int batch(List<Listing.Entry> entries, int from) {
        long bytes = 0;
        int to = from;
        while (to < entries.size()
                && to - from < BATCH_FILES_MAX
                && (to == from || bytes + entries.get(to).size() <= BATCH_BYTES_MAX)) {
            bytes += entries.get(to).size();
            to++;
        }
        return to;
    }

    /** Reads files on the executor, and answers in the order of the entries. */
    public List<FoundFile> read(
            List<Listing.Entry> entries, SpaceId space, KeyRing keys, DeviceDirectory devices, Executor executor) {
        FileReader reader = new FileReader(folder, space, keys, devices, taken::containsKey);
        List<FutureTask<FoundFile>> tasks = new ArrayList<>(entries.size());
        for (Listing.Entry entry : entries) {
            FutureTask<FoundFile> task = new FutureTask<>(() -> reader.read(entry));
            tasks.add(task);
            executor.execute(task);
        }
        List<FoundFile> found = new ArrayList<>(entries.size());
        for (FutureTask<FoundFile> task : tasks) {
            found.add(Tasks.result(task, RuntimeException.class));
        }
        return found;
    }

    /** Remembers what became of a file; inside a transaction. */
    public void settle(FoundFile file, long nowMillis) {
        KnownFile before = known.get(file.entry().path());
        KnownFile after = Settling.known(file, Optional.ofNullable(before), this::otherPath, nowMillis, Inbox::delay);
        store.files().put(after);
        remember(after);
        newestRow = store.files().newest();
    }

    private Optional<String> otherPath(Bytes digest, String path) {
        return Optional.ofNullable(taken.get(digest))
                .filter(other -> !other.equals(path))
                .filter(this::isListed);
    }

    private boolean isListed(String path) {
        return listing.flatMap(listed -> listed.find(path)).isPresent();
    }

    private static long delay(State state, int attempts) {
        int doubled = Math.min(attempts, 10);
        return state.unfinished()
                ? Math.min(RETRY_MILLIS_MAX, RETRY_MILLIS_MIN << doubled)
                : Math.min(VERDICT_MILLIS_MAX, VERDICT_MILLIS_MIN << doubled);
    }

    /** Makes the files worth reading again on which new keys or member entries may change the verdict. */
    public boolean reconsider() {
        List<String> paths = known.values().stream()
                .filter(file -> file.state() == State.WAITING || BY_MEMBERS.contains(file.reason()))
                .map(KnownFile::path)
                .toList();
        for (String path : paths) {
            store.files().remove(path);
            known.remove(path);
        }
        return !paths.isEmpty();
    }

    /** Makes all files in the directories of some writers worth reading again; inside a transaction. */
    public void forget(Set<WriterId> writers) {
        if (writers.isEmpty()) {
            return;
        }
        List<KnownFile> files = known.values().stream()
                .filter(file -> FileName.parsePath(file.path())
                        .filter(path -> writers.contains(path.writer()))
                        .isPresent())
                .toList();
        for (KnownFile file : files) {
            store.files().remove(file.path());
            known.remove(file.path());
            file.digest().ifPresent(digest -> taken.remove(digest, file.path()));
        }
    }

    /** Forgets everything held in memory and reads it from the store again, after a transaction failed. */
    public void reload() {
        known.clear();
        taken.clear();
        newestRow = 0;
        catchUp();
    }

    /** The known files that are still listed and are not simply taken in. */
    public List<KnownFile> notable() {
        return known.values().stream()
                .filter(file -> file.state() != State.IMPORTED && file.state() != State.FOREIGN)
                .filter(file -> isListed(file.path()))
                .sorted((a, b) -> a.path().compareTo(b.path()))
                .toList();
    }
}
