package dev.cairn.replica.compaction;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CheckpointWriter;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.format.checkpoint.ListedFile;
import dev.cairn.format.checkpoint.RetirementBody;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.outbox.Withdrawals;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.KnownCheckpoint.Verdict;
import dev.cairn.replica.store.KnownFile;
import dev.cairn.replica.store.KnownList;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.OwnFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
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

    /** How much longer a list waits when all other members are silent. */
    private static final Duration SILENCE = Duration.ofDays(90);
    /** How long withdrawn changes may be without a checkpoint in the folder until they are published again. */
    private static final long UNCOVERED_MILLIS = Duration.ofDays(1).toMillis();
    /** Checkpoints that stay although newer ones hold as much. */
    private static final int CHECKPOINTS_KEPT = 2;

    private final CompactionHost host;
    private final RunningClock clock;
    private final Withdrawals withdrawals;

    /** The retirement of an open space. */
    public Retirement(CompactionHost host) {
        this.host = host;
        this.clock = new RunningClock(host.store());
        this.withdrawals = new Withdrawals(host.store());
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
        any |= advance(author.get(), fellows, now);
        any |= propose(author.get(), fellows, now);
        any |= publishUncovered(author.get(), now);
        any |= clearCheckpoints(fellows);
        return any;
    }

    private boolean listed(Bytes digest) {
        return host.inbox().listed(digest).isPresent();
    }

    private boolean whole(KnownCheckpoint checkpoint) {
        return listed(checkpoint.digest()) && checkpoint.body().parts().stream().allMatch(part -> listed(part.file()));
    }

    /** Finds out what this device can acknowledge now; returns whether that changed. */
    private boolean acknowledge() {
        TreeSet<Bytes> digests = new TreeSet<>();
        for (KnownList list : host.store().lists().all()) {
            if (list.state() == KnownList.State.FOREIGN) {
                if (!listed(list.digest())) {
                    forget(list);
                } else if (has(list.body().cut())) {
                    digests.add(list.digest());
                }
            }
        }
        for (KnownCheckpoint checkpoint : newestFirst()) {
            boolean mine = checkpoint.body().device().equals(host.device());
            if (checkpoint.verdict() == Verdict.VERIFIED
                    && !mine
                    && listed(checkpoint.digest())
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

    private List<KnownCheckpoint> newestFirst() {
        return host.store().checkpoints().all().stream()
                .sorted(Comparator.comparingLong((KnownCheckpoint known) -> known.body().cut().stream()
                                .mapToLong(CutPoint::seq)
                                .sum())
                        .thenComparing(KnownCheckpoint::digest)
                        .reversed())
                .toList();
    }

    /** Whether a checkpoint counts as verified, and how much longer a list has to wait then. */
    private Optional<Duration> verified(KnownCheckpoint checkpoint, Fellows fellows) {
        if (fellows.attest(checkpoint.digest(), checkpoint.body().device())) {
            return Optional.of(host.retirementGrace());
        }
        boolean mine = checkpoint.body().device().equals(host.device());
        if (checkpoint.verdict() != Verdict.VERIFIED) {
            return Optional.empty();
        }
        if (!mine) {
            return Optional.of(host.retirementGrace());
        }
        if (fellows.none()) {
            return host.store().meta(ALONE).filter(checkpoint.digest()::equals).map(digest -> Duration.ZERO);
        }
        return fellows.active().isEmpty() ? Optional.of(host.retirementGrace().plus(SILENCE)) : Optional.empty();
    }

    private boolean advance(Author author, Fellows fellows, long now) {
        boolean any = false;
        for (KnownList list : host.store().lists().all()) {
            any |= switch (list.state()) {
                case FOREIGN -> false;
                case PROPOSED -> withdraw(author, list, fellows, now);
                case WITHDRAWN -> startDeleting(author, list, now);
                case DELETING -> finish(list);
            };
        }
        return any;
    }

    private boolean withdraw(Author author, KnownList list, Fellows fellows, long now) {
        Optional<KnownCheckpoint> checkpoint =
                host.store().checkpoints().find(list.body().checkpoint());
        if (checkpoint.isEmpty() || !whole(checkpoint.get())) {
            return false;
        }
        Optional<Duration> grace = verified(checkpoint.get(), fellows);
        boolean ready = grace.isPresent()
                && fellows.missing(list.digest()).isEmpty()
                && now - list.since() >= grace.get().toMillis();
        if (!ready) {
            return false;
        }
        WriterId writer = list.body().writer();
        if (host.writers().contains(writer)) {
            withdrawals.setThrough(
                    writer, Math.max(withdrawals.through(writer), list.body().through()));
        }
        host.store().lists().set(list.digest(), KnownList.State.WITHDRAWN, now);
        return writer.equals(author.writer()) || startDeleting(author, list, now);
    }

    /** The head that says so must be in the folder before the first file goes. */
    private boolean startDeleting(Author author, KnownList list, long now) {
        WriterId writer = list.body().writer();
        if (writer.equals(author.writer())
                && !host.outbox().announced(writer, list.body().through())) {
            return false;
        }
        for (ListedFile file : list.body().files()) {
            Optional<OwnFile> row = host.store().own().find(writer, file.name());
            if (row.isPresent()) {
                host.store().own().set(row.get().id(), OwnFile.State.TO_RETIRE);
            } else {
                host.inbox()
                        .known(file.name().path(writer))
                        .filter(known ->
                                known.digest().filter(file.digest()::equals).isPresent())
                        .ifPresent(known -> host.store()
                                .own()
                                .addReturned(writer, file.name(), file.ordinal(), (int) known.size(), file.digest()));
            }
        }
        host.store().lists().set(list.digest(), KnownList.State.DELETING, now);
        return true;
    }

    private boolean finish(KnownList list) {
        boolean gone = list.body().files().stream()
                .allMatch(file -> host.store()
                        .own()
                        .find(list.body().writer(), file.name())
                        .isEmpty());
        if (!gone) {
            return true;
        }
        host.store().lists().remove(list.digest());
        ownFile(list).ifPresent(row -> host.store().own().set(row.id(), OwnFile.State.TO_RETIRE));
        return true;
    }

    private Optional<OwnFile> ownFile(KnownList list) {
        String digits = list.digest().toHex().substring(0, FileName.Numbered.DIGEST_DIGITS);
        FileName name = new FileName.Numbered(FileKind.RETIREMENT_LIST, list.ordinal(), digits);
        return host.writers().stream()
                .flatMap(writer -> host.store().own().find(writer, name).stream())
                .findFirst();
    }

    private boolean propose(Author author, Fellows fellows, long now) {
        Set<WriterId> underWay = new HashSet<>();
        for (KnownList list : host.store().lists().all()) {
            if (list.state() != KnownList.State.FOREIGN) {
                underWay.add(list.body().writer());
            }
        }
        List<KnownCheckpoint> usable = newestFirst().stream()
                .filter(known -> known.verdict() != Verdict.REFUSED)
                .filter(known -> verified(known, fellows).isPresent())
                .filter(this::whole)
                .toList();
        boolean any = false;
        for (WriterId writer : host.writers()) {
            if (!underWay.contains(writer)) {
                any |= usable.stream().anyMatch(checkpoint -> propose(author, writer, checkpoint, now));
            }
        }
        return any;
    }

    /**
     * Proposes to clean the directories of retired devices whose changes a checkpoint holds; inside a transaction. Only
     * segments that are taken in here are named, and only when nothing of their writer is waited for.
     *
     * @return how many lists were made
     */
    public int proposeForRetired() {
        Optional<Author> author = host.author();
        if (author.isEmpty()) {
            return 0;
        }
        long now = runningMillis();
        Fellows fellows = new Fellows(host, now);
        Set<WriterId> underWay = new HashSet<>();
        host.store().lists().all().forEach(list -> underWay.add(list.body().writer()));
        int made = 0;
        for (DeviceId device : host.membership().retired()) {
            for (WriterId writer : host.history().overview().writers(device)) {
                boolean mine = device.equals(host.device()) || underWay.contains(writer);
                if (!mine && !host.store().runs().waitingWriters().contains(writer)) {
                    made += proposeFor(author.get(), writer, fellows, now) ? 1 : 0;
                }
            }
        }
        return made;
    }

    private boolean proposeFor(Author author, WriterId writer, Fellows fellows, long now) {
        List<ListedFile> files = returned(writer).stream().sorted().toList();
        Optional<KnownCheckpoint> checkpoint = newestFirst().stream()
                .filter(known -> verified(known, fellows).isPresent())
                .filter(this::whole)
                .filter(known -> known.body()
                        .end(writer)
                        .filter(end -> end.seq() == host.history().overview().stored(writer))
                        .filter(end -> host.history().has(writer, end.seq(), end.chain()))
                        .isPresent())
                .findFirst();
        if (files.isEmpty() || checkpoint.isEmpty() || host.history().ends(writer) > 1) {
            return false;
        }
        List<ListedFile> listed = files.subList(0, Math.min(files.size(), Limits.RETIRED_FILES_MAX));
        publish(
                author,
                new RetirementBody(
                        host.device(),
                        writer,
                        checkpoint.get().digest(),
                        checkpoint.get().body().cut(),
                        listed),
                now);
        return true;
    }

    private boolean propose(Author author, WriterId writer, KnownCheckpoint checkpoint, long now) {
        Optional<CutPoint> end = checkpoint.body().end(writer);
        if (end.isEmpty()
                || host.history().ends(writer) > 1
                || !host.history().has(writer, end.get().seq(), end.get().chain())) {
            return false;
        }
        TreeSet<ListedFile> files = new TreeSet<>();
        for (OwnFile file : host.store().own().in(OwnFile.State.PUBLISHED)) {
            if (file.writer().equals(writer)
                    && file.name().kind() == FileKind.SEGMENT
                    && file.lastSeq() <= end.get().seq()) {
                files.add(new ListedFile(file.ordinal(), file.digest()));
            }
        }
        if (files.isEmpty()) {
            return false;
        }
        files.addAll(returned(writer));
        List<ListedFile> listed = List.copyOf(files).subList(0, Math.min(files.size(), Limits.RETIRED_FILES_MAX));
        publish(
                author,
                new RetirementBody(
                        host.device(),
                        writer,
                        checkpoint.digest(),
                        checkpoint.body().cut(),
                        listed),
                now);
        return true;
    }

    /** Segments in a writer's own place which it has deleted before and which came back. */
    private List<ListedFile> returned(WriterId writer) {
        List<ListedFile> files = new ArrayList<>();
        String place = FileName.DEVICES + "/" + writer + "/";
        for (KnownFile known : host.inbox().known()) {
            boolean there = known.path().startsWith(place)
                    && known.digest().isPresent()
                    && listed(known.digest().get());
            if (there
                    && FileName.parsePath(known.path())
                            .filter(found -> found.name().kind() == FileKind.SEGMENT)
                            .filter(found -> host.store()
                                    .own()
                                    .find(writer, found.name())
                                    .isEmpty())
                            .isPresent()) {
                files.add(new ListedFile(known.ordinal(), known.digest().get()));
            }
        }
        return files;
    }

    private void publish(Author author, RetirementBody body, long now) {
        LocalStore store = host.store();
        long ordinal = Math.max(store.number("list-ordinal", 0), store.own().greatestOrdinal(author.writer(), "r")) + 1;
        store.setNumber("list-ordinal", ordinal);
        SealedFile file = new CheckpointWriter(author.sealer(), author.signatory()).retirement(ordinal, body);
        host.outbox().add(file);
        store.lists().add(new KnownList(file.digest(), ordinal, body, KnownList.State.PROPOSED, now));
    }

    /** Publishes withdrawn changes again when no checkpoint in the folder has held them for a while. */
    private boolean publishUncovered(Author author, long now) {
        WriterId writer = author.writer();
        long through = withdrawals.through(writer);
        boolean covered = through == 0
                || host.store().checkpoints().all().stream()
                        .filter(known -> known.verdict() != Verdict.REFUSED)
                        .filter(this::whole)
                        .anyMatch(known -> known.body()
                                .end(writer)
                                .filter(end -> end.seq() >= through)
                                .filter(end -> host.history().has(writer, end.seq(), end.chain()))
                                .isPresent());
        if (covered) {
            host.store().removeMeta("uncovered-since");
            return false;
        }
        long since = host.store().number("uncovered-since", now);
        host.store().setNumber("uncovered-since", since);
        if (now - since < UNCOVERED_MILLIS) {
            return false;
        }
        host.store().removeMeta("uncovered-since");
        host.outbox().sealAgain(author, through);
        withdrawals.setThrough(writer, 0);
        return true;
    }

    /** Gives up own checkpoints of which enough newer ones hold everything. */
    private boolean clearCheckpoints(Fellows fellows) {
        Set<Bytes> needed = new HashSet<>();
        host.store().lists().all().forEach(list -> needed.add(list.body().checkpoint()));
        List<KnownCheckpoint> all = newestFirst();
        List<KnownCheckpoint> usable = all.stream()
                .filter(known -> verified(known, fellows).isPresent())
                .filter(this::whole)
                .toList();
        boolean any = false;
        for (KnownCheckpoint old : all) {
            long newer = usable.stream()
                    .takeWhile(known -> !known.digest().equals(old.digest()))
                    .filter(known -> Coverage.covers(host.history(), known.body(), old.body()))
                    .count();
            boolean superfluous = newer >= CHECKPOINTS_KEPT || (newer > 0 && !usable.contains(old));
            if (superfluous && !needed.contains(old.digest())) {
                any |= giveUp(old);
            }
        }
        any |= clearParts();
        return any;
    }

    private boolean giveUp(KnownCheckpoint old) {
        Optional<OwnFile> row = OwnFileNames.of(host.store(), old);
        if (row.isPresent()) {
            host.store().own().set(row.get().id(), OwnFile.State.TO_RETIRE);
            return true;
        }
        if (!listed(old.digest())) {
            host.store().checkpoints().remove(old.digest());
        }
        return false;
    }

    /** Gives up own parts which no manifest names any more; those of a checkpoint in the making are not settled yet. */
    private boolean clearParts() {
        Set<Bytes> named = new HashSet<>();
        for (KnownCheckpoint known : host.store().checkpoints().all()) {
            if (OwnFileNames.of(host.store(), known).isPresent()) {
                known.body().parts().forEach(part -> named.add(part.file()));
            }
        }
        long settled = host.store().number("parts-settled", 0);
        boolean any = false;
        for (OwnFile file : host.store().own().in(OwnFile.State.PUBLISHED)) {
            if (file.name().kind() == FileKind.CHECKPOINT_PART
                    && file.ordinal() <= settled
                    && !named.contains(file.digest())) {
                host.store().own().set(file.id(), OwnFile.State.TO_RETIRE);
                any = true;
            }
        }
        return any;
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
                .flatMap(checkpoint -> verified(checkpoint, fellows))
                .map(grace -> Duration.ofMillis(Math.max(0, grace.toMillis() - (now - list.since()))));
    }

    /** Whether a checkpoint counts as verified here; inside a transaction. */
    public boolean isVerified(KnownCheckpoint checkpoint) {
        return verified(checkpoint, new Fellows(host, runningMillis())).isPresent();
    }

    /** Whether its manifest and all parts are in the folder. */
    public boolean isWhole(KnownCheckpoint checkpoint) {
        return whole(checkpoint);
    }

    /** Whether this is the only member device; inside a transaction. */
    public boolean isAlone() {
        return new Fellows(host, runningMillis()).none();
    }
}
