package dev.cairn.replica;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.ElectionFile;
import dev.cairn.format.election.ElectionReader;
import dev.cairn.format.election.ElectionWriter;
import dev.cairn.format.election.Paper;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing.Entry;
import dev.cairn.format.folder.PublishResult;
import dev.cairn.format.folder.ReadResult;
import dev.cairn.format.membership.MemberDevice;
import dev.cairn.format.membership.Membership;
import dev.cairn.replica.SpaceStatus.FileState;
import dev.cairn.replica.SpaceStatus.FileStatus;
import dev.cairn.replica.outbox.Author;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The folder as the election sees it: the papers of all writers, and the own directory to put papers into. Everything
 * goes through the space's keys and members; nothing is decided here. Not safe for use by several threads.
 */
public final class ElectionFolder {
    private static final int FOREIGN_BYTES_MAX = 4096;

    private final Replica replica;
    private final Refresher refresher;
    private Map<String, Known> known = new HashMap<>();

    ElectionFolder(Replica replica, Refresher refresher) {
        this.replica = replica;
        this.refresher = refresher;
    }

    /** A file as it was read, so that it is not read again before it changes. */
    private record Known(Entry entry, Optional<ElectionFile> file, Optional<FileStatus> problem) {}

    /**
     * What lies in the folder now.
     *
     * @param attached whether the folder is there
     * @param files the verified papers in their places
     * @param problems papers that say nothing now, copies included, and why; in the order of their paths
     * @param foreign texts of other programs' {@code leader.lock}, by name
     */
    public record Look(
            boolean attached, List<ElectionFile> files, List<FileStatus> problems, Map<String, String> foreign) {
        /** Copies the collections. */
        public Look {
            files = List.copyOf(files);
            problems = List.copyOf(problems);
            foreign = Map.copyOf(foreign);
        }
    }

    /** Reads what has changed since the last look. */
    public Look look() {
        if (replica.folder().state() != FolderState.ATTACHED) {
            return new Look(false, List.of(), List.of(), Map.of());
        }
        ElectionReader reader =
                new ElectionReader(replica.space(), replica.members().secrets().keyRing(), replica.directory());
        Map<String, Known> now = new HashMap<>();
        for (Entry entry : replica.folder().electionFiles()) {
            Known before = known.get(entry.path());
            boolean same = before != null
                    && before.entry().equals(entry)
                    && before.file().isPresent();
            now.put(entry.path(), same ? before : read(reader, entry));
        }
        known = now;
        List<ElectionFile> files = new ArrayList<>();
        List<FileStatus> problems = new ArrayList<>();
        now.forEach((path, one) -> {
            if (one.file().isPresent() && isBound(one.file().get())) {
                files.add(one.file().get());
            } else {
                problems.add(one.problem()
                        .orElse(new FileStatus(
                                path, FileState.REFUSED, "NOT_A_WRITER", "is signed by another device")));
            }
        });
        replica.folder()
                .electionCopies()
                .forEach(path -> problems.add(
                        new FileStatus(path, FileState.DUPLICATE, "DUPLICATE", "a copy, which has no effect")));
        problems.sort(Comparator.comparing(FileStatus::path));
        return new Look(true, files, problems, foreign());
    }

    private Known read(ElectionReader reader, Entry entry) {
        FileName.Place place = FileName.parsePath(entry.path()).orElseThrow();
        int bytesMax = place.name().kind().bytesMax();
        if (!(replica.folder().read(entry, bytesMax) instanceof ReadResult.Content content)) {
            return new Known(
                    entry,
                    Optional.empty(),
                    Optional.of(
                            new FileStatus(entry.path(), FileState.UNREADABLE, "UNREADABLE", "cannot be read now")));
        }
        ReadOutcome<ElectionFile> outcome =
                reader.read(content.bytes(), place.writer(), place.name().kind());
        return new Known(entry, outcome.content(), problem(entry.path(), outcome));
    }

    private static Optional<FileStatus> problem(String path, ReadOutcome<ElectionFile> outcome) {
        return outcome.content().isPresent()
                ? Optional.empty()
                : Optional.of(
                        new FileStatus(path, state(outcome), outcome.code().toUpperCase(Locale.ROOT), outcome.text()));
    }

    /** What is not ours in the place of a paper may be one that has not arrived whole. */
    private static FileState state(ReadOutcome<ElectionFile> outcome) {
        if (outcome instanceof ReadOutcome.Waiting) {
            return FileState.WAITING;
        }
        if (outcome instanceof ReadOutcome.TooNew) {
            return FileState.TOO_NEW;
        }
        return outcome instanceof ReadOutcome.Refused ? FileState.REFUSED : FileState.INCOMPLETE;
    }

    /** A writer has one device: that of its first change, where one is known. */
    private boolean isBound(ElectionFile file) {
        return replica.locked(() -> replica.history().deviceOf(file.writer()))
                .map(file.device()::equals)
                .orElse(true);
    }

    private Map<String, String> foreign() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Entry entry : replica.folder().foreignLeaderFiles()) {
            if (replica.folder().readAny(entry, FOREIGN_BYTES_MAX) instanceof ReadResult.Content content) {
                Bytes bytes = content.bytes();
                texts.put(entry.name(), new String(bytes.toArray(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    /** This device's current writer. */
    public WriterId writer() {
        return replica.locked(() -> {
            replica.catchUpMembers();
            return replica.members().secrets().writer();
        });
    }

    /** Whether this device went on after an earlier writer of its own. */
    public boolean isContinued() {
        return replica.locked(() -> replica.members().secrets().writers().size() > 1);
    }

    /** This device. */
    public DeviceId device() {
        return replica.device();
    }

    /** The devices that may lead and vote: those that may write and are waited for. */
    public SortedSet<DeviceId> electorate() {
        Membership membership = replica.members().membership();
        SortedSet<DeviceId> devices = new TreeSet<>();
        for (MemberDevice device : membership.devices().values()) {
            if (device.mayWrite() && !membership.isRetired(device.id())) {
                devices.add(device.id());
            }
        }
        return devices;
    }

    /** The devices of which this one may say that they are not waited for any more. */
    public SortedSet<DeviceId> retirable() {
        return replica.locked(() -> replica.members().retirable());
    }

    /** What this device has of everybody's changes. */
    public List<Claim.Point> version() {
        return replica.locked(() -> {
            List<Claim.Point> points = new ArrayList<>();
            Optional<Author> author = replica.author();
            if (author.isPresent()) {
                long own = replica.history()
                        .end(author.get().writer(), author.get().origin())
                        .seq();
                if (own > 0) {
                    points.add(new Claim.Point(author.get().writer(), own));
                }
                replica.history()
                        .seen(author.get().writer())
                        .forEach(seen -> points.add(new Claim.Point(seen.writer(), seen.seq())));
            }
            return points.size() <= Claim.VERSION_MAX ? points : points.subList(0, Claim.VERSION_MAX);
        });
    }

    /**
     * Publishes a paper of this device under a number which it never used before.
     *
     * @return what came of it; {@link PublishResult.Failed} while this device has no key to write under
     */
    public PublishResult publish(long number, Paper paper) {
        Optional<Author> author = replica.locked(replica::author);
        if (author.isEmpty()) {
            return new PublishResult.Failed("this device has no key to write under yet");
        }
        SealedFile file = new ElectionWriter(author.get().sealer(), author.get().signatory()).seal(number, paper);
        return replica.publisherLock()
                .alone(() -> replica.folder().own(file.writer()).publish(file.name(), file.content()));
    }

    /** Goes on as a new writer of this device, because somebody else writes under the current one. */
    public void startAfresh() {
        refresher.renewWriter();
    }

    /** Where this device keeps what is its own; outside of the folder. */
    public Path stateDirectory() {
        return replica.state().path();
    }
}
