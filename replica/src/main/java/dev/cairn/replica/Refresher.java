package dev.cairn.replica;

import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.RetirementList;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.Seen;
import dev.cairn.format.log.SignedEnd;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.replica.compaction.CheckpointMaker;
import dev.cairn.replica.compaction.Rescue;
import dev.cairn.replica.history.Linked;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.identity.Members;
import dev.cairn.replica.inbox.FoundFile;
import dev.cairn.replica.inbox.Inbox;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.store.HeadNote;
import dev.cairn.replica.store.KnownHead;
import dev.cairn.replica.store.KnownList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes in what the folder has brought: list, read in batches, keep, show.
 *
 * <p>A batch is one transaction: the runs of all its files are linked and the files remembered, and only then does it
 * reach the documents. A crash in between reads the batch again. New member entries or keys make files that waited
 * for them worth reading once more.
 */
final class Refresher {
    /** Rounds of one refresh: each needs what the round before has brought, such as a key. */
    private static final int ROUNDS_MAX = 8;

    /** Where a device without a change looks first. */
    private static final List<String> CHECKPOINT_PLACES = List.of("/keys/", "/checkpoints/", "/parts/");

    private static final String HEAD_PLACE = "/head-";

    private final Replica replica;
    private final Executor executor;
    private final ReentrantLock alone = new ReentrantLock();

    Refresher(Replica replica, Executor executor) {
        this.replica = replica;
        this.executor = executor;
    }

    RefreshReport refresh() {
        alone.lock();
        try {
            return new Round().run();
        } finally {
            alone.unlock();
            replica.events().deliver();
        }
    }

    /** Goes on as a new writer; what was not published yet is published under the old one first. */
    void renewWriter() {
        alone.lock();
        try {
            replica.locked(() -> {
                Progress others = new Progress();
                replica.history().write(others, () -> {
                    replica.catchUpMembers();
                    new Round().goOnAsNewWriter();
                    return true;
                });
                replica.announceOthers(others);
                return true;
            });
        } finally {
            alone.unlock();
        }
        replica.events().wake();
    }

    /** One refresh. */
    private final class Round {
        private final Inbox inbox = replica.inbox();
        private final Progress taken = new Progress();
        private final Set<Listing.Entry> read = new HashSet<>();
        private boolean membersGrew;
        private boolean outboxGrew;

        private RefreshReport run() {
            replica.locked(this::catchUp);
            Listing listing = inbox.list();
            if (replica.locked(() -> replica.history().isEmpty())) {
                beginFromCheckpoint(listing);
            }
            boolean more = true;
            for (int round = 0; round < ROUNDS_MAX && more; round++) {
                more = readNew(listing);
            }
            replica.intake().run(executor, () -> {});
            replica.locked(() -> settle(listing));
            rescue(replica.locked(() -> replica.rescue().takeCheckpointDue()));
            if (outboxGrew) {
                replica.events().wake();
            }
            return replica.locked(() -> {
                replica.history().rest();
                return report(listing);
            });
        }

        private void rescue(Rescue.Due due) {
            if (due != Rescue.Due.NOTHING) {
                boolean anew = due == Rescue.Due.CHECKPOINT_UNDER_NEW_NAMES;
                CheckpointMaker maker = new CheckpointMaker(replica);
                outboxGrew |= replica.publisherLock()
                        .alone(() -> anew ? maker.makeAnew() : maker.make((done, total) -> {}))
                        .isPresent();
            }
        }

        /**
         * A device without a change reads what the folder has of checkpoints first, and who relies on them: then
         * there is little left to read change by change.
         */
        private void beginFromCheckpoint(Listing listing) {
            List<Listing.Entry> first = new ArrayList<>();
            List<Listing.Entry> heads = new ArrayList<>();
            for (Listing.Entry entry : inbox.worthReading(listing, replica.nowMillis())) {
                if (CHECKPOINT_PLACES.stream().anyMatch(entry.path()::contains)) {
                    first.add(entry);
                } else if (entry.path().contains(HEAD_PLACE)) {
                    heads.add(entry);
                }
            }
            if (first.stream().noneMatch(entry -> entry.path().contains("/checkpoints/"))) {
                return;
            }
            takeAll(first);
            List<FoundFile> found = inbox.read(
                    heads, replica.space(), replica.members().secrets().keyRing(), replica.directory(), executor);
            replica.intake().run(executor, () -> keepHeads(found));
            List<FoundFile> verified = found.stream()
                    .filter(file -> file.content() instanceof FoundFile.OfHead)
                    .toList();
            keepAll(verified);
            verified.forEach(file -> read.add(file.entry()));
        }

        private void keepHeads(List<FoundFile> found) {
            for (FoundFile file : found) {
                if (file.content() instanceof FoundFile.OfHead head && head.inPlace()) {
                    keepHead(head.head());
                }
            }
        }

        private void takeAll(List<Listing.Entry> entries) {
            int from = 0;
            while (from < entries.size()) {
                int to = Inbox.batch(entries, from);
                take(entries.subList(from, to));
                from = to;
            }
            read.addAll(entries);
        }

        private boolean catchUp() {
            replica.catchUpMembers();
            replica.announceOthers(replica.history().catchUp());
            inbox.catchUp();
            return true;
        }

        /** Reads what is worth it; returns whether another round may bring more. */
        private boolean readNew(Listing listing) {
            List<Listing.Entry> entries = new ArrayList<>(inbox.worthReading(listing, replica.nowMillis()));
            if (!membersGrew) {
                entries.removeIf(read::contains);
            }
            membersGrew = false;
            takeAll(entries);
            membersGrew |= replica.locked(this::needMore);
            return membersGrew;
        }

        /** Whether files wait of devices that are no members, of whom a member's change needs one. */
        private boolean needMore() {
            return replica.needMore() && replica.store().write(inbox::reconsider);
        }

        private void take(List<Listing.Entry> entries) {
            List<FoundFile> found = inbox.read(
                    entries, replica.space(), replica.members().secrets().keyRing(), replica.directory(), executor);
            keepAll(found);
        }

        private void keepAll(List<FoundFile> found) {
            replica.locked(() -> {
                Progress others = new Progress();
                Progress linked = new Progress();
                try {
                    replica.history().write(others, linked, () -> keep(found));
                } catch (RuntimeException e) {
                    inbox.reload();
                    throw e;
                }
                replica.announceOthers(others);
                replica.announce(ChangeEvent.Origin.REMOTE, linked.documents(), linked.changes());
                return taken.add(others).add(linked);
            });
        }

        private boolean keep(List<FoundFile> found) {
            replica.catchUpMembers();
            List<MemberEntry> entries = new ArrayList<>();
            boolean takeover = false;
            DeviceDirectory devices = replica.directory();
            for (FoundFile read : found) {
                FoundFile file = read.asOf(devices);
                takeover |= keep(file, entries);
                inbox.settle(file, replica.nowMillis());
            }
            if (replica.addEntries(entries)) {
                membersGrew = true;
                inbox.reconsider();
                closeUsedInvites();
            }
            if (takeover || isShared()) {
                goOnAsNewWriter();
            }
            return true;
        }

        /** Keeps the content of a file; returns whether it shows that somebody else writes under this device's id. */
        private boolean keep(FoundFile file, List<MemberEntry> entries) {
            if (file.content() instanceof FoundFile.OfSegment segment) {
                replica.store()
                        .contents()
                        .keep(segment.segment().digest(), segment.segment().changes());
                return link(
                        segment.segment().device(),
                        segment.segment().changes(),
                        segment.segment().end());
            }
            if (file.content() instanceof FoundFile.OfCheckpoint found) {
                Checkpoint checkpoint = found.checkpoint();
                replica.store()
                        .checkpoints()
                        .add(
                                checkpoint.digest(),
                                checkpoint.writer(),
                                checkpoint.header().ordinal(),
                                checkpoint.body());
            }
            if (file.content() instanceof FoundFile.OfRetirement found) {
                keepList(found.list());
            }
            if (file.content() instanceof FoundFile.OfEntry entry) {
                replica.store()
                        .contents()
                        .keep(entry.digest(), entry.entry().encoded().sha256());
                entries.add(entry.entry());
            }
            if (file.content() instanceof FoundFile.OfHead found) {
                Head head = found.head();
                boolean member = replica.directory().key(head.body().device()).isPresent();
                boolean takeover = member && found.inPlace() && keepHead(head);
                Optional<ChangeRun> tail = head.tail();
                if (tail.isPresent()) {
                    replica.store().contents().keep(head.digest(), tail.get());
                    takeover |= link(head.body().device(), tail.get(), head.end());
                }
                return takeover;
            }
            return false;
        }

        /** This device's own lists are in the store before they are in the folder. */
        private void keepList(RetirementList list) {
            if (!list.body().device().equals(replica.device())) {
                replica.store()
                        .lists()
                        .add(new KnownList(
                                list.digest(), list.header().ordinal(), list.body(), KnownList.State.FOREIGN, 0));
            }
        }

        private boolean link(DeviceId device, ChangeRun run, SignedEnd end) {
            ChainPoint origin = replica.directory()
                    .changesKey(device, run.writer(), run.firstSeq())
                    .map(key -> replica.origin(run.writer(), key))
                    .orElseThrow(() -> new IllegalStateException("a verified file of an unknown device " + device));
            Linked linked = replica.history().link(device, run, origin, end);
            return run.writer().equals(current())
                    && device.equals(replica.device())
                    && linked.how() != Linked.How.KNOWN;
        }

        /** Whether somebody else has written under this writer's id too: then its chain is no longer its own. */
        private boolean isShared() {
            return !replica.history().isAlone(current(), replica.device());
        }

        private WriterId current() {
            return replica.members().secrets().writer();
        }

        /** Keeps what a head says; one that another device signed for a writer's directory says nothing. */
        private boolean keepHead(Head head) {
            Optional<DeviceId> writersDevice = replica.history().deviceOf(head.writer());
            if (writersDevice.isPresent()
                    && !writersDevice.get().equals(head.body().device())) {
                return false;
            }
            boolean raised = replica.store()
                    .heads()
                    .raise(new KnownHead(
                            head.writer(),
                            head.body().device(),
                            head.counter(),
                            head.body().lastSeq(),
                            head.body().lastHash(),
                            head.body().timeMillis(),
                            head.body().deviceName(),
                            KnownHead.encode(head.body().seen())));
            if (raised) {
                replica.store()
                        .headNotes()
                        .put(new HeadNote(
                                head.writer(),
                                head.body().device(),
                                head.body().acknowledged(),
                                head.body().retiredThrough(),
                                replica.retirement().runningMillis()));
            }
            boolean own =
                    head.writer().equals(current()) && head.body().device().equals(replica.device());
            return own
                    ? replica.outbox().isForeign(head)
                    : showsTakeover(head.body().seen());
        }

        /** Whether a peer has changes of this device's writer which this device never made. */
        private boolean showsTakeover(List<Seen> seen) {
            Optional<Author> author = replica.author();
            if (author.isEmpty()) {
                return false;
            }
            ChainPoint end = replica.history().end(current(), author.get().origin());
            return seen.stream()
                    .filter(entry -> entry.writer().equals(current()))
                    .anyMatch(entry ->
                            entry.seq() > end.seq() || !replica.history().has(current(), entry.seq(), entry.hash8()));
        }

        private void goOnAsNewWriter() {
            replica.author().ifPresent(author -> replica.outbox().sealEverything(author));
            replica.members()
                    .use(replica.members()
                            .secrets()
                            .withWriter(Members.randomWriter(replica.options().random())));
            replica.saveSecrets();
            outboxGrew = true;
        }

        private void closeUsedInvites() {
            List<MemberEntry> closes = replica.members().closeUsedInvites(replica.nowMillis());
            if (!closes.isEmpty()) {
                closes.forEach(entry -> replica.outbox()
                        .add(replica.members().seal(entry, replica.options().random())));
                replica.addEntries(closes);
                outboxGrew = true;
            }
        }

        private boolean settle(Listing listing) {
            if (isShared()) { // as a checkpoint has told
                replica.history().write(new Progress(), () -> {
                    goOnAsNewWriter();
                    return true;
                });
            }
            outboxGrew |= replica.outbox().audit(listing, inbox) > 0;
            outboxGrew |= replica.store().write(() -> replica.retirement().step(listing));
            outboxGrew |= replica.store()
                    .write(() ->
                            replica.rescue().step(listing, replica.retirement().runningMillis()));
            outboxGrew |= replica.author()
                    .map(author -> replica.outbox()
                            .seenMoved(author.writer(), replica.history().seen(author.writer())))
                    .orElse(false);
            return true;
        }

        private RefreshReport report(Listing listing) {
            return new RefreshReport(
                    folderState(listing.state()),
                    listing.entries().size(),
                    read.size(),
                    (int) inbox.notable().stream()
                            .filter(file -> !file.state().verified())
                            .count(),
                    taken.changes(),
                    replica.history().overview().gaps().size(),
                    taken.documents());
        }
    }

    static SpaceStatus.FolderState folderState(FolderState state) {
        return switch (state) {
            case ATTACHED -> SpaceStatus.FolderState.ATTACHED;
            case MISSING -> SpaceStatus.FolderState.MISSING;
            case UNREADABLE -> SpaceStatus.FolderState.UNREADABLE;
            case DETACHED -> SpaceStatus.FolderState.DETACHED;
        };
    }
}
