package dev.cairn.replica.compaction;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.outbox.Withdrawals;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.KnownCheckpoint.Verdict;
import dev.cairn.replica.store.KnownList;
import dev.cairn.replica.store.OwnFile;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Withdraws this device's segments in favour of a checkpoint, and tells others that they may withdraw theirs.
 *
 * <pre>
 *   checkpoint verified            all ACTIVE have acknowledged     the head says so,      the files are gone,
 *   and whole in the folder        and the days have passed         in the folder          and then the list
 *        |                               |                               |                      |
 *        +--- list (PROPOSED) -----------+--- key 6 raised (WITHDRAWN) --+--- DELETING ---------+
 * </pre>
 *
 * <p>Each step is one transaction and looks at the folder as it is now; a step that a crash cut off is found undone or
 * done, and goes on from there. Nothing is decided while the folder is not attached.
 */
public final class Retirement {
    /** The digest of the checkpoint of which the user said that this device is the only one. */
    public static final String ALONE = "alone";

    private final CompactionHost host;
    private final RunningClock clock;
    private final Withdrawals withdrawals;
    private final Reliance reliance;
    private final Withdrawing withdrawing;
    private final Proposals proposals;
    private final Superseded superseded;

    /** The retirement of an open space. */
    public Retirement(CompactionHost host) {
        this.host = host;
        this.clock = new RunningClock(host.store());
        this.withdrawals = new Withdrawals(host.store());
        this.reliance = new Reliance(host);
        this.withdrawing = new Withdrawing(host, reliance, withdrawals);
        this.proposals = new Proposals(host, reliance);
        this.superseded = new Superseded(host, reliance);
    }

    /** The running time of this device; inside a transaction. */
    public long runningMillis() {
        return clock.at(host.nowMillis());
    }

    /**
     * Takes every step that can be taken now, after the folder was read; inside a transaction.
     *
     * @return whether something is to be published
     */
    public boolean step(Listing listing) {
        long now = runningMillis();
        Fellows fellows = new Fellows(host, now);
        if (listing.state() != FolderState.ATTACHED) {
            return false;
        }
        boolean any = acknowledge();
        Optional<Author> author = host.author();
        if (author.isEmpty()) {
            return any;
        }
        any |= withdrawing.advance(author.get(), fellows, now);
        any |= proposals.propose(author.get(), fellows, now);
        any |= withdrawing.publishUncovered(author.get(), now);
        any |= superseded.clearCheckpoints(fellows);
        return any;
    }

    /**
     * Proposes to clean the directories of retired devices whose changes a checkpoint holds; inside a transaction. Only
     * segments that are taken in here are named, and only when nothing of their writer is waited for.
     *
     * @return how many lists were made
     */
    public int proposeForRetired() {
        long now = runningMillis();
        return host.author()
                .map(author -> proposals.forRetired(author, new Fellows(host, now), now))
                .orElse(0);
    }

    /** Finds out what this device can acknowledge now; returns whether that changed. */
    private boolean acknowledge() {
        TreeSet<Bytes> digests = new TreeSet<>();
        for (KnownList list : host.store().lists().all()) {
            if (list.state() == KnownList.State.FOREIGN) {
                if (!reliance.listed(list.digest())) {
                    forget(list);
                } else if (has(list.body().cut())) {
                    digests.add(list.digest());
                }
            }
        }
        for (KnownCheckpoint checkpoint : reliance.newestFirst()) {
            boolean mine = checkpoint.body().device().equals(host.device());
            if (checkpoint.verdict() == Verdict.VERIFIED
                    && !mine
                    && reliance.listed(checkpoint.digest())
                    && digests.size() < Limits.ACKNOWLEDGED_MAX) {
                digests.add(checkpoint.digest());
            }
        }
        while (digests.size() > Limits.ACKNOWLEDGED_MAX) {
            digests.pollLast();
        }
        return withdrawals.acknowledge(digests);
    }

    /** A list that went away may come back until its author says that it is done. */
    private void forget(KnownList list) {
        boolean done = host.store().headNotes().all().stream()
                .anyMatch(note -> note.writer().equals(list.body().writer())
                        && note.retiredThrough() >= list.body().through());
        if (done) {
            host.store().lists().remove(list.digest());
        }
    }

    private boolean has(List<CutPoint> cut) {
        return cut.stream().allMatch(point -> host.history().has(point.writer(), point.seq(), point.chain()));
    }

    /** The active devices which a list still waits for; inside a transaction. */
    public List<DeviceId> waitsFor(KnownList list) {
        return new Fellows(host, runningMillis()).missing(list.digest());
    }

    /**
     * How much longer a list waits although all may have acknowledged it; nothing when its checkpoint is not verified.
     */
    public Optional<Duration> remaining(KnownList list) {
        long now = runningMillis();
        Fellows fellows = new Fellows(host, now);
        return host.store()
                .checkpoints()
                .find(list.body().checkpoint())
                .flatMap(checkpoint -> reliance.verified(checkpoint, fellows))
                .map(grace -> Duration.ofMillis(Math.max(0, grace.toMillis() - (now - list.since()))));
    }

    /**
     * Those of the files that are to go which may go from the folder as it was last seen: what a list names only while
     * a checkpoint which holds its changes is there, and a checkpoint only while those are there for which it was given
     * up. Between that and the deletion the folder may have been rolled back, emptied, or taken from its mount point.
     */
    public List<OwnFile> mayGo(List<OwnFile> files) {
        if (files.isEmpty()) {
            return files;
        }
        Fellows fellows = new Fellows(host, runningMillis());
        Set<Bytes> needed = superseded.stillNeeded(fellows);
        Map<WriterId, Set<FileName>> kept = new HashMap<>();
        for (KnownList list : host.store().lists().all()) {
            if (list.state() == KnownList.State.DELETING && !withdrawing.isCovered(list, fellows)) {
                Set<FileName> names = kept.computeIfAbsent(list.body().writer(), writer -> new HashSet<>());
                list.body().files().forEach(file -> names.add(file.name()));
            }
        }
        return files.stream()
                .filter(file -> file.name().kind() != FileKind.CHECKPOINT || !needed.contains(file.digest()))
                .filter(file -> !kept.getOrDefault(file.writer(), Set.of()).contains(file.name()))
                .toList();
    }

    /** Whether a checkpoint counts as verified here; inside a transaction. */
    public boolean isVerified(KnownCheckpoint checkpoint) {
        return reliance.verified(checkpoint, new Fellows(host, runningMillis())).isPresent();
    }

    /** Whether its manifest and all parts are in the folder. */
    public boolean isWhole(KnownCheckpoint checkpoint) {
        return reliance.whole(checkpoint);
    }

    /** Whether this is the only member device; inside a transaction. */
    public boolean isAlone() {
        return new Fellows(host, runningMillis()).none();
    }
}
