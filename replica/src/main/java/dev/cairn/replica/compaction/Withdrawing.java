package dev.cairn.replica.compaction;

import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.ListedFile;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.outbox.Withdrawals;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.KnownCheckpoint.Verdict;
import dev.cairn.replica.store.KnownList;
import dev.cairn.replica.store.OwnFile;
import java.time.Duration;
import java.util.Optional;

/**
 * The way of a list from its proposal to its end, one step at a time; and the way back when the checkpoint for which
 * files went is nowhere to be seen.
 */
final class Withdrawing {
    /** How long withdrawn changes may be without a checkpoint in the folder until they are published again. */
    private static final long UNCOVERED_MILLIS = Duration.ofDays(1).toMillis();

    private final CompactionHost host;
    private final Reliance reliance;
    private final Withdrawals withdrawals;

    Withdrawing(CompactionHost host, Reliance reliance, Withdrawals withdrawals) {
        this.host = host;
        this.reliance = reliance;
        this.withdrawals = withdrawals;
    }

    /** Takes the step that can be taken of each list of this device. */
    boolean advance(Author author, Fellows fellows, long now) {
        boolean any = false;
        for (KnownList list : host.store().lists().all()) {
            any |= switch (list.state()) {
                case FOREIGN -> false;
                case PROPOSED -> withdraw(author, list, fellows, now);
                case WITHDRAWN -> isCovered(list, fellows) && startDeleting(author, list, now);
                case DELETING -> finish(list);
            };
        }
        return any;
    }

    private boolean withdraw(Author author, KnownList list, Fellows fellows, long now) {
        Optional<KnownCheckpoint> checkpoint =
                host.store().checkpoints().find(list.body().checkpoint());
        if (checkpoint.isEmpty() || !reliance.whole(checkpoint.get())) {
            return false;
        }
        Optional<Duration> grace = reliance.verified(checkpoint.get(), fellows);
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

    /** Whether a verified checkpoint in the folder, that of the list or a later one, holds what the list withdraws. */
    boolean isCovered(KnownList list, Fellows fellows) {
        return host.store().checkpoints().all().stream()
                .filter(reliance::whole)
                .anyMatch(known -> known.digest().equals(list.body().checkpoint())
                        || (reliance.verified(known, fellows).isPresent()
                                && reaches(
                                        known, list.body().writer(), list.body().through())));
    }

    private boolean reaches(KnownCheckpoint known, WriterId writer, long seq) {
        return known.body()
                .end(writer)
                .filter(end -> end.seq() >= seq)
                .filter(end -> host.history().has(writer, end.seq(), end.chain()))
                .isPresent();
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

    /** Publishes withdrawn changes again when no checkpoint in the folder has held them for a while. */
    boolean publishUncovered(Author author, long now) {
        WriterId writer = author.writer();
        long through = withdrawals.through(writer);
        boolean covered = through == 0
                || host.store().checkpoints().all().stream()
                        .filter(known -> known.verdict() != Verdict.REFUSED)
                        .filter(reliance::whole)
                        .anyMatch(known -> reaches(known, writer, through));
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
}
