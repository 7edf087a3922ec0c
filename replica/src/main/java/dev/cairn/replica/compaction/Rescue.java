package dev.cairn.replica.compaction;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.replica.history.Way;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.store.FileContents;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.OwnFile;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings back what others wrote and the folder has lost, when they do not do so themselves.
 *
 * <p>A file that vanishes or is damaged is written again by its writer. One whose device was put back to an older
 * state, or is gone, cannot; and then whoever joins later, or has not read it yet, would wait for ever, although others
 * have it. So a device that finds for a while that the folder lacks what is in its store publishes it itself: a member
 * entry as a file in its own directory, which anybody may (SPEC section "Entries"), changes in a checkpoint. Each
 * device waits a little longer than another, and stops when it finds that one of them has done it. The same for what
 * the folder here holds and a member does not get ({@link Unreached}).
 */
public final class Rescue {
    /** How often it is looked whether something is missing, in this device's running time. */
    private static final long LOOK_MILLIS = Duration.ofMinutes(10).toMillis();
    /** How long an entry may be missing: who waits for it cannot read anything of a member. */
    private static final long ENTRY_MILLIS = Duration.ofMinutes(30).toMillis();
    /** How long changes may be missing, as those which were withdrawn: an image is as large as the space. */
    private static final long CHANGES_MILLIS = Duration.ofDays(1).toMillis();
    /** Devices wait longer than that by up to this part of it. */
    private static final int SPREAD = 2;

    private static final String ENTRIES_SINCE = "entries-missing-since";
    private static final String CHANGES_SINCE = "changes-missing-since";
    private static final long NEVER = -1;

    private final CompactionHost host;
    private final Unreached unreached;
    private long lookedAt = NEVER;
    private Due due = Due.NOTHING;

    /** The rescue of an open space. */
    public Rescue(CompactionHost host) {
        this.host = host;
        this.unreached = new Unreached(host);
    }

    /** Which checkpoint is to be made. */
    public enum Due {
        NOTHING,
        /** For what the folder has lost. */
        CHECKPOINT,
        /** For what a member lacks although the folder has it. */
        CHECKPOINT_UNDER_NEW_NAMES
    }

    /**
     * Looks whether the folder holds what is in the store; inside a transaction, after the folder was read.
     *
     * @param now this device's running time in milliseconds
     * @return whether something is to be published
     */
    public boolean step(Listing listing, long now) {
        Optional<Author> author = host.author();
        boolean early = lookedAt != NEVER && now - lookedAt < LOOK_MILLIS;
        if (listing.state() != FolderState.ATTACHED || author.isEmpty() || early) {
            return false;
        }
        lookedAt = now;
        host.store().contents().forgetReplaced();
        lookForChanges(author.get(), now);
        List<MemberEntry> entries = missingEntries();
        if (!isDue(ENTRIES_SINCE, ENTRY_MILLIS, now, !entries.isEmpty())) {
            return false;
        }
        entries.forEach(this::publish);
        return true;
    }

    private void lookForChanges(Author author, long now) {
        List<KnownCheckpoint> whole =
                host.store().checkpoints().all().stream().filter(this::isWhole).toList();
        List<Way> ways = ways();
        if (isDue(CHANGES_SINCE, CHANGES_MILLIS, now, lacksChanges(author, ways, whole)) && due == Due.NOTHING) {
            due = Due.CHECKPOINT;
        }
        if (unreached.isDue(ways, whole, now, (double) later(CHANGES_MILLIS) / CHANGES_MILLIS)) {
            due = Due.CHECKPOINT_UNDER_NEW_NAMES;
        }
    }

    /** Which checkpoint is to be made; says so once. */
    public Due takeCheckpointDue() {
        Due taken = due;
        due = Due.NOTHING;
        return taken;
    }

    private boolean isDue(String since, long wait, long now, boolean missing) {
        LocalStore store = host.store();
        long first = store.number(since, NEVER);
        if (missing && first == NEVER) {
            store.setNumber(since, now);
        }
        boolean due = missing && first != NEVER && now - first >= wait + later(wait);
        if (due || (!missing && first != NEVER)) {
            store.removeMeta(since);
        }
        return due;
    }

    /** By how much this device waits longer than the first. */
    private long later(long wait) {
        return Math.floorMod(host.device().bytes().getLong(0), wait / SPREAD);
    }

    private void publish(MemberEntry entry) {
        SealedFile file = host.seal(entry);
        host.outbox().add(file);
        host.store().contents().keep(file.digest(), entry.encoded().sha256());
    }

    /** The entries with a place in the member log, or in the past of one, which no file in the folder holds. */
    private List<MemberEntry> missingEntries() {
        Set<Bytes> own = ownFiles();
        Set<Bytes> there = host.store().contents().entries().stream()
                .filter(found -> own.contains(found.file()) || isListed(found.file()))
                .map(FileContents.OfEntry::entry)
                .collect(Collectors.toSet());
        List<MemberEntry> missing =
                host.store().entriesExcept(there).stream().map(Rescue::parsed).toList();
        if (missing.isEmpty()) {
            return missing;
        }
        Set<EntryId> needed = neededEntries();
        return missing.stream().filter(entry -> needed.contains(entry.id())).toList();
    }

    /**
     * An entry without effect may be what others were built on before that was known, or name a device of which changes
     * count although it is no member.
     */
    private Set<EntryId> neededEntries() {
        Set<EntryId> without = new HashSet<>(host.membership().waiting().keySet());
        host.membership().voids().forEach(entry -> without.add(entry.entry()));
        Set<DeviceId> counting = host.history().counting();
        Map<EntryId, List<EntryId>> parents = new HashMap<>();
        host.store().entriesExcept(Set.of()).stream().map(Rescue::parsed).forEach(entry -> {
            parents.put(entry.id(), entry.content().parents());
            if (entry.act()
                    .named()
                    .map(device -> device.keys().id())
                    .filter(counting::contains)
                    .isPresent()) {
                without.remove(entry.id());
            }
        });
        Deque<EntryId> open = new ArrayDeque<>(parents.keySet());
        open.removeIf(without::contains);
        Set<EntryId> needed = new HashSet<>();
        while (!open.isEmpty()) {
            EntryId entry = open.pop();
            if (needed.add(entry)) {
                open.addAll(parents.getOrDefault(entry, List.of()));
            }
        }
        return needed;
    }

    private static MemberEntry parsed(Bytes bytes) {
        try {
            return MemberEntry.parse(bytes);
        } catch (MalformedException e) {
            throw new IllegalStateException("the local store is damaged: a member entry does not parse", e);
        }
    }

    /** What this device writes into the folder, now or at the next attempt. */
    private Set<Bytes> ownFiles() {
        return host.store().own().all().stream()
                .filter(file -> file.state() != OwnFile.State.TO_RETIRE)
                .map(OwnFile::digest)
                .collect(Collectors.toSet());
    }

    private boolean isListed(Bytes digest) {
        return host.inbox().listed(digest).isPresent();
    }

    /** What a checkpoint of this device would hold. */
    private List<Way> ways() {
        List<Way> ways = host.history().ways();
        Set<DeviceId> counting = host.history().counting();
        Set<WriterId> leftOut = ways.stream()
                .filter(way -> !counting.contains(way.device()))
                .map(Way::writer)
                .collect(Collectors.toSet());
        return ways.stream().filter(way -> !leftOut.contains(way.writer())).toList();
    }

    /**
     * Whether some other writer's changes in the store are in no file of the folder. Each way of a writer that went on
     * in several counts for itself, by chain hashes: a file which reaches further on one says nothing about another.
     */
    private boolean lacksChanges(Author author, List<Way> ways, List<KnownCheckpoint> whole) {
        Set<Bytes> own = ownFiles();
        Map<WriterId, List<FileContents.OfRun>> there = host.store().contents().runs().stream()
                .filter(run -> own.contains(run.file()) || isListed(run.file()))
                .collect(Collectors.groupingBy(FileContents.OfRun::writer));
        return ways.stream()
                .filter(way -> !way.writer().equals(author.writer()))
                .anyMatch(way -> reached(way, whole, there.getOrDefault(way.writer(), List.of()))
                        < way.end().seq());
    }

    /** Up to which number files hold a way without a gap. */
    private static long reached(Way way, List<KnownCheckpoint> whole, List<FileContents.OfRun> runs) {
        long reached = whole.stream()
                .flatMap(checkpoint -> checkpoint.body().cut().stream())
                .filter(point -> point.writer().equals(way.writer()) && way.has(point.seq(), point.chain()))
                .mapToLong(CutPoint::seq)
                .max()
                .orElse(0);
        for (FileContents.OfRun run : runs) {
            boolean further = run.first() <= reached + 1 && run.last() > reached;
            if (further && way.has(run.last(), run.chain())) {
                reached = run.last();
            }
        }
        return reached;
    }

    private boolean isWhole(KnownCheckpoint checkpoint) {
        boolean own = checkpoint.body().device().equals(host.device());
        return (own || checkpoint.verdict().sound())
                && isListed(checkpoint.digest())
                && checkpoint.body().parts().stream().allMatch(part -> isListed(part.file()));
    }
}
