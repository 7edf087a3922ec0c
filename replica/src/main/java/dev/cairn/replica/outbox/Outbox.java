package dev.cairn.replica.outbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.FileName;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.HeadBody;
import dev.cairn.format.log.HeadWriter;
import dev.cairn.format.log.Seen;
import dev.cairn.replica.history.History;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.inbox.Inbox;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.OwnFile;
import dev.cairn.replica.store.PublisherLock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What this device writes into the folder: heads with the newest changes, segments, and its member entries.
 *
 * <pre>
 *   changes   1 ........ 40 | 41 ......... 60 | 61 .. 64      a head's tail starts behind what was sealed
 *             segment c1    | segment c2      | tail          before the head before it, so that two slots which
 *                            <------- head n ------->         arrive in either order never show a gap
 *                                              <-- head n+1 -->
 * </pre>
 *
 * <p>Invariants: files are sealed in a transaction and published in the order of their rows, the segment before the
 * head that leaves its changes out; a head's counter is durable before the head can be seen; a failure changes
 * nothing but {@link #problem()}, and the rows wait for the next attempt. One thread at a time, and one process at a
 * time by {@link PublisherLock}.
 */
public final class Outbox {
    /** Changes older than this are sealed even when they are few: a segment is safer than a file that is replaced. */
    private static final long TAIL_MILLIS_MAX = 24 * 3_600_000L;
    /** On a clean close a smaller tail stays in the head. */
    private static final int CLOSE_BYTES_MIN = 4 << 10;
    /** Raw bytes of changes that a head can surely hold, also when they do not compress. */
    private static final int TAIL_RAW_BYTES_MAX = 40 << 10;

    private static final String VERSION = "cairn";

    private final LocalStore store;
    private final History history;
    private final Ledger ledger;
    private final Withdrawals withdrawals;
    private final Segments segments;
    private final SegmentMerging merging;
    private final Delivery delivery;

    /** The outbox of a device. */
    public Outbox(SharedFolder folder, LocalStore store, History history, Guard guard) {
        this.store = store;
        this.history = history;
        this.ledger = new Ledger(store);
        this.withdrawals = new Withdrawals(store);
        this.segments = new Segments(store, history);
        this.merging = new SegmentMerging(store, history, ledger, segments);
        this.delivery = new Delivery(folder, store, guard);
    }

    /** Why the last attempt to publish failed. */
    public Optional<String> problem() {
        return delivery.problem();
    }

    /** An attempt to publish failed before the folder was written to. */
    public void failed(String why) {
        delivery.failed(why);
    }

    /** Own changes which no published file holds. */
    public long unpublished(Author author) {
        long end = history.end(author.writer(), author.origin()).seq();
        return end - Math.min(end, publishedThrough(author.writer()));
    }

    /** The last own change in a published file. */
    public long publishedThrough(WriterId writer) {
        return store.own().publishedThrough(writer);
    }

    /** Own changes which no sealed file holds yet, and which one may hold. */
    public long unpacked(Author author) {
        return author.mayWrite()
                ? history.end(author.writer(), author.origin()).seq() - ledger.packedThrough(author.writer())
                : 0;
    }

    /** When the newest head was made; {@link Long#MIN_VALUE} when none was. */
    public long headMillis() {
        return ledger.headMillis();
    }

    /** Whether what the newest head says was seen of others, or may go, is out of date. */
    public boolean seenMoved(WriterId writer, List<Seen> seen) {
        return !ledger.headSeen().equals(digest(writer, seen));
    }

    /** Up to where a writer of this device has withdrawn its segments. */
    public long withdrawnThrough(WriterId writer) {
        return withdrawals.through(writer);
    }

    /** Whether no head says yet how far a writer has withdrawn its segments. */
    public boolean unannounced(WriterId writer) {
        return withdrawals.through(writer) != ledger.headRetired();
    }

    /** Files which wait to be deleted. */
    public int deletable() {
        return store.own().count(OwnFile.State.TO_RETIRE);
    }

    /** Whether a head which says that a writer has withdrawn its segments so far is in the folder. */
    public boolean announced(WriterId writer, long through) {
        long counter = ledger.headCounter();
        return ledger.headRetired() >= through
                && store.own()
                        .find(writer, new FileName.HeadSlot((int) (counter & 1)))
                        .filter(head -> head.ordinal() == counter && head.state() == OwnFile.State.PUBLISHED)
                        .isPresent();
    }

    /** Seals own changes up to a number again, which were withdrawn; inside a transaction. */
    public void sealAgain(Author author, long through) {
        segments.sealAgain(author, 1, through);
    }

    /** The files which wait to be written. */
    public int pending() {
        return store.own().count(OwnFile.State.TO_PUBLISH);
    }

    /** Takes a finished file of this device into the outbox; inside a transaction. */
    public void add(SealedFile file) {
        long ordinal = file.name() instanceof FileName.Numbered numbered ? numbered.ordinal() : 0;
        store.own().add(file.writer(), file.name(), ordinal, 0, 0, file.content());
    }

    /** Whether a verified head under this device's current writer id is one this device has not made. */
    public boolean isForeign(Head head) {
        if (head.counter() > ledger.headCounter()) {
            return true;
        }
        Optional<OwnFile> own = store.own().find(head.writer(), new FileName.HeadSlot((int) (head.counter() & 1)));
        boolean same = own.isPresent() && own.get().ordinal() == head.counter();
        if (same && !own.get().digest().equals(head.digest())) {
            return true;
        }
        long seq = head.body().lastSeq();
        return seq > 0
                && !history.has(head.writer(), seq, head.body().lastHash().getLong(0));
    }

    /**
     * Seals every change of a writer which this device gives up, on all its branches, that no segment holds: the
     * heads of that writer are no longer this device's to write. Inside a transaction.
     */
    public void sealEverything(Author author) {
        history.stored()
                .linesAfter(author.writer(), author.device(), ledger.sealedThrough(author.writer()))
                .forEach(line -> segments.seal(author, Packing.segments(line)));
        for (int slot = 0; slot < 2; slot++) {
            store.own()
                    .find(author.writer(), new FileName.HeadSlot(slot))
                    .ifPresent(head -> store.own().remove(head.id()));
        }
    }

    /**
     * Seals what is due and the next head; nothing is written into the folder yet.
     *
     * @param sealing how eagerly the tail becomes a segment
     * @param seen what is in this device's store of others
     */
    public void pack(Author author, List<Seen> seen, Sealing sealing, long nowMillis, Progress progress) {
        history.write(progress, () -> {
            sealTail(author, sealing, nowMillis);
            if (sealing != Sealing.ALWAYS_WITHOUT_HEAD) {
                sealHead(author, seen, nowMillis);
            }
            return true;
        });
    }

    private void sealTail(Author author, Sealing sealing, long nowMillis) {
        List<ChangeRun> tail = changesAfter(author, ledger.sealedThrough(author.writer()));
        if (tail.isEmpty() || !sealNow(tail, sealing, nowMillis)) {
            return;
        }
        segments.seal(author, Packing.segments(tail));
        ledger.setDroppedThrough(author.writer(), ledger.sealedThrough(author.writer()));
        ChainPoint end = tail.get(tail.size() - 1).after();
        ledger.setSealedThrough(author.writer(), end.seq());
        ledger.setPackedThrough(author.writer(), end.seq());
        history.mergeRows(tail);
    }

    private static boolean sealNow(List<ChangeRun> tail, Sealing sealing, long nowMillis) {
        if (sealing == Sealing.ALWAYS_WITHOUT_HEAD || sealing == Sealing.ALWAYS) {
            return true;
        }
        long raw = tail.stream().mapToLong(ChangeRun::changeBytes).sum();
        long count = tail.stream().mapToLong(ChangeRun::size).sum();
        int limit = sealing == Sealing.ON_CLOSE ? CLOSE_BYTES_MIN : Limits.TAIL_BYTES_TARGET;
        if (raw > TAIL_RAW_BYTES_MAX || count >= Limits.CHANGES_MAX) {
            return true;
        }
        if (nowMillis - tail.get(0).timeMillis(0) > TAIL_MILLIS_MAX) {
            return true;
        }
        return raw > limit && Packing.compressedSize(ChangeRun.concat(tail)) > limit;
    }

    private List<ChangeRun> changesAfter(Author author, long seq) {
        return history.stored().changesAfter(author.writer(), seq);
    }

    private void sealHead(Author author, List<Seen> seen, long nowMillis) {
        WriterId writer = author.writer();
        ChainPoint end = history.end(writer, author.origin());
        long sealed = ledger.sealedThrough(writer);
        Optional<ChangeRun> tail = tail(author, ledger.droppedThrough(writer));
        if (tail.isPresent() && tail.get().changeBytes() > TAIL_RAW_BYTES_MAX) {
            tail = tail(author, sealed);
        }
        long counter = ledger.headCounter() + 1;
        HeadBody body = new HeadBody(
                author.device(),
                end.seq(),
                end.hash(),
                seen,
                withdrawals.acknowledged(),
                Math.min(withdrawals.through(writer), end.seq()),
                List.of(),
                VERSION,
                nowMillis,
                author.deviceName(),
                author.previous());
        SealedFile head = new HeadWriter(author.sealer(), author.signatory()).seal(counter, body, tail);
        ledger.setHeadCounter(counter);
        ledger.setHeadMillis(nowMillis);
        ledger.setHeadSeen(digest(writer, seen));
        ledger.setHeadRetired(body.retiredThrough());
        ledger.setDroppedThrough(writer, sealed);
        if (author.mayWrite()) {
            ledger.setPackedThrough(writer, end.seq());
        }
        store.own()
                .add(
                        writer,
                        head.name(),
                        counter,
                        tail.map(ChangeRun::firstSeq).orElse(0L),
                        tail.map(ChangeRun::lastSeq).orElse(0L),
                        head.content());
    }

    private Optional<ChangeRun> tail(Author author, long after) {
        List<ChangeRun> runs = author.mayWrite() ? changesAfter(author, after) : List.of();
        return runs.isEmpty() ? Optional.empty() : Optional.of(ChangeRun.concat(runs));
    }

    /**
     * Writes what waits, oldest first, and deletes what was replaced. Stops at the first refusal of the folder.
     *
     * @param mayGo which of the files that are to go may go from the folder as it is now
     * @return whether nothing waits any more
     */
    public boolean publish(UnaryOperator<List<OwnFile>> mayGo) {
        return delivery.publish(mayGo);
    }

    /**
     * Compares a listing with what this device has written, and takes into the outbox again what vanished or is not
     * what was written. A folder which is not attached proves nothing.
     *
     * @return how many files will be written again
     */
    public int audit(Listing listing, Inbox inbox) {
        return delivery.audit(listing, inbox);
    }

    /**
     * Merges eight published segments of one size class, neighbours in the chain, into one of the next class, or into
     * as few as can hold them. The old ones are deleted by a later {@link #publish}, after the new ones were written
     * and read back.
     *
     * @return whether anything was merged
     */
    public boolean merge(Author author, Progress progress) {
        return merging.merge(author, progress);
    }

    private Bytes digest(WriterId writer, List<Seen> seen) {
        StringBuilder text = new StringBuilder();
        text.append(withdrawals.through(writer));
        withdrawals.acknowledged().forEach(digest -> text.append(digest.toHex()));
        for (Seen entry : seen) {
            text.append(entry.writer()).append(entry.seq()).append('/').append(entry.hash8());
        }
        return Bytes.utf8(text.toString()).sha256();
    }

    /** Runs an action on the store while nobody else uses it; the folder is written outside of it. */
    @FunctionalInterface
    public interface Guard {
        /** Runs the action and gives its result. */
        <T> T run(Supplier<T> action);
    }

    /** How eagerly the tail becomes a segment. */
    public enum Sealing {
        /** When it is large or old. */
        WHEN_LARGE,
        /** When it is not tiny: no head will follow for a while. */
        ON_CLOSE,
        /** Always. */
        ALWAYS,
        /** Always, and no head is made. */
        ALWAYS_WITHOUT_HEAD
    }
}
