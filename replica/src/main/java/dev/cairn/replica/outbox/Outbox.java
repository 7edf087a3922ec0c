package dev.cairn.replica.outbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.folder.DeleteResult;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.PublishResult;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.HeadBody;
import dev.cairn.format.log.HeadWriter;
import dev.cairn.format.log.Seen;
import dev.cairn.format.log.SegmentWriter;
import dev.cairn.replica.history.History;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.inbox.Inbox;
import dev.cairn.replica.store.KnownFile;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.OwnFile;
import dev.cairn.replica.store.PublisherLock;
import java.util.ArrayList;
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
    /** The most files deleted at once; sync tools ask their user when many go. */
    private static final int DELETIONS_MAX = 100;
    /** Files of one size class that are merged into one of the next. */
    private static final int MERGE_FILES = 8;
    /** The sizes at which a segment belongs to the next class, in bytes. */
    private static final int[] CLASS_BYTES = {128 << 10, 1 << 20, 8 << 20};

    private static final String SEGMENT_PREFIX = "c";
    private static final String VERSION = "cairn";

    private final SharedFolder folder;
    private final LocalStore store;
    private final History history;
    private final Ledger ledger;
    private final Withdrawals withdrawals;
    private final Guard guard;
    private volatile Optional<String> problem = Optional.empty();

    /** The outbox of a device. */
    public Outbox(SharedFolder folder, LocalStore store, History history, Guard guard) {
        this.guard = guard;
        this.folder = folder;
        this.store = store;
        this.history = history;
        this.ledger = new Ledger(store);
        this.withdrawals = new Withdrawals(store);
    }

    /** Why the last attempt to publish failed. */
    public Optional<String> problem() {
        return problem;
    }

    /** An attempt to publish failed before the folder was written to. */
    public void failed(String why) {
        problem = Optional.of(why);
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
        sealAgain(author, 1, through);
    }

    /** Seals one segment after another, however many changes there are. */
    private void sealAgain(Author author, long first, long last) {
        SegmentWriter writer = new SegmentWriter(author.sealer(), author.signatory());
        Packing packing = new Packing(segment -> {
            long ordinal = nextOrdinal(author.writer());
            addSegment(writer.seal(ordinal, segment), ordinal, segment);
        });
        history.eachRun(author.writer(), first, last, packing::add);
        packing.end();
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
        SegmentWriter writer = new SegmentWriter(author.sealer(), author.signatory());
        long ordinal = nextOrdinal(author.writer());
        for (List<ChangeRun> line :
                history.linesAfter(author.writer(), author.device(), ledger.sealedThrough(author.writer()))) {
            for (ChangeRun segment : Packing.segments(line)) {
                addSegment(writer.seal(ordinal, segment), ordinal, segment);
                ordinal++;
            }
        }
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
        SegmentWriter writer = new SegmentWriter(author.sealer(), author.signatory());
        long ordinal = nextOrdinal(author.writer());
        for (ChangeRun segment : Packing.segments(tail)) {
            addSegment(writer.seal(ordinal, segment), ordinal, segment);
            ordinal++;
        }
        ledger.setDroppedThrough(author.writer(), ledger.sealedThrough(author.writer()));
        ChainPoint end = tail.get(tail.size() - 1).after();
        ledger.setSealedThrough(author.writer(), end.seq());
        ledger.setPackedThrough(author.writer(), end.seq());
        history.mergeRows(tail);
    }

    private long nextOrdinal(WriterId writer) {
        long next = store.number("segment-ordinal", 0) + 1;
        return Math.max(next, store.own().greatestOrdinal(writer, SEGMENT_PREFIX) + 1);
    }

    private void addSegment(SealedFile file, long ordinal, ChangeRun run) {
        store.own().add(file.writer(), file.name(), ordinal, run.firstSeq(), run.lastSeq(), file.content());
        store.setNumber("segment-ordinal", ordinal);
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
        return history.changesAfter(author.writer(), seq);
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
        Optional<String> refused = Optional.empty();
        for (OwnFile file : guard.run(() -> store.own().in(OwnFile.State.TO_PUBLISH))) {
            Optional<Bytes> bytes = guard.run(() -> store.own().bytes(file.id()));
            if (bytes.isEmpty()) {
                continue;
            }
            PublishResult result = folder.own(file.writer()).publish(file.name(), bytes.get());
            if (!result.published()) {
                refused = Optional.of(result.advice());
                break;
            }
            guard.run(() -> store.write(() -> store.own().set(file.id(), OwnFile.State.PUBLISHED)));
        }
        problem = refused;
        if (refused.isEmpty()) {
            deleteRetired(mayGo);
        }
        return refused.isEmpty();
    }

    private void deleteRetired(UnaryOperator<List<OwnFile>> mayGo) {
        List<OwnFile> retired = guard.run(() -> mayGo.apply(store.own().in(OwnFile.State.TO_RETIRE)));
        for (OwnFile file : retired.subList(0, Math.min(DELETIONS_MAX, retired.size()))) {
            DeleteResult result = folder.own(file.writer()).delete(file.name());
            if (result instanceof DeleteResult.Deleted || result instanceof DeleteResult.AlreadyGone) {
                guard.run(() -> store.write(() -> store.own().remove(file.id())));
            }
        }
    }

    /**
     * Compares a listing with what this device has written, and takes into the outbox again what vanished or is not
     * what was written. A folder which is not attached proves nothing.
     *
     * @return how many files will be written again
     */
    public int audit(Listing listing, Inbox inbox) {
        if (listing.state() != FolderState.ATTACHED) {
            return 0;
        }
        List<OwnFile> lost = new ArrayList<>();
        for (OwnFile file : store.own().in(OwnFile.State.PUBLISHED)) {
            String path = folder.own(file.writer()).listedPath(file.name());
            Optional<Listing.Entry> entry = listing.find(path);
            if (entry.isEmpty() || entry.get().size() != file.size() || differs(inbox, path, file)) {
                lost.add(file);
            }
        }
        if (!lost.isEmpty()) {
            store.write(() -> {
                lost.forEach(file -> store.own().set(file.id(), OwnFile.State.TO_PUBLISH));
                return lost.size();
            });
        }
        return lost.size();
    }

    /** A file without a digest could be read and is not whole: somebody else has changed it. */
    private static boolean differs(Inbox inbox, String path, OwnFile file) {
        return inbox.known(path)
                .filter(known -> known.state() != KnownFile.State.UNREADABLE)
                .map(known -> !known.digest().equals(Optional.of(file.digest())))
                .orElse(false);
    }

    /**
     * Merges eight published segments of one size class, neighbours in the chain, into one of the next class. The old
     * ones are deleted by a later {@link #publish}, after the new one was written and read back.
     *
     * @return whether anything was merged
     */
    public boolean merge(Author author, Progress progress) {
        if (!author.mayWrite() || pending() > 0) {
            return false;
        }
        retireMerged(author.writer());
        for (int sizeClass = 0; sizeClass < CLASS_BYTES.length; sizeClass++) {
            List<OwnFile> files = neighbours(author.writer(), sizeClass);
            if (files.size() >= MERGE_FILES) {
                merge(author, files, progress);
                return true;
            }
        }
        return false;
    }

    private List<OwnFile> neighbours(WriterId writer, int sizeClass) {
        List<OwnFile> row = new ArrayList<>();
        for (OwnFile file : segments(writer)) {
            boolean joins = row.isEmpty() || row.get(row.size() - 1).lastSeq() + 1 == file.firstSeq();
            if (sizeClass(file) != sizeClass || !joins) {
                if (row.size() >= MERGE_FILES) {
                    return row;
                }
                row.clear();
            }
            if (sizeClass(file) == sizeClass) {
                row.add(file);
            }
            if (row.size() == MERGE_FILES) {
                return row;
            }
        }
        return row;
    }

    private static int sizeClass(OwnFile file) {
        int sizeClass = 0;
        while (sizeClass < CLASS_BYTES.length && file.size() >= CLASS_BYTES[sizeClass]) {
            sizeClass++;
        }
        return sizeClass;
    }

    private List<OwnFile> segments(WriterId writer) {
        return store.own().in(OwnFile.State.PUBLISHED).stream()
                .filter(file -> file.writer().equals(writer) && file.name().kind() == FileKind.SEGMENT)
                .sorted((a, b) -> Long.compare(a.firstSeq(), b.firstSeq()))
                .toList();
    }

    private void merge(Author author, List<OwnFile> files, Progress progress) {
        long first = files.get(0).firstSeq();
        long last = files.get(files.size() - 1).lastSeq();
        history.write(progress, () -> {
            sealAgain(author, first, last);
            return true;
        });
    }

    /** Gives up the published segments whose changes all lie in one other, larger published segment. */
    private void retireMerged(WriterId writer) {
        List<OwnFile> segments = segments(writer);
        List<OwnFile> covered = segments.stream()
                .filter(small -> segments.stream().anyMatch(large -> covers(large, small)))
                .toList();
        if (!covered.isEmpty()) {
            store.write(() -> {
                covered.forEach(file -> store.own().set(file.id(), OwnFile.State.TO_RETIRE));
                return true;
            });
        }
    }

    private static boolean covers(OwnFile large, OwnFile small) {
        return large.firstSeq() <= small.firstSeq()
                && small.lastSeq() <= large.lastSeq()
                && large.ordinal() > small.ordinal();
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
