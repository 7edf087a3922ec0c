package dev.cairn.replica;

import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing;
import dev.cairn.replica.compaction.CheckpointMaker;
import dev.cairn.replica.compaction.Rescue;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.inbox.FoundFile;
import dev.cairn.replica.inbox.Inbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
                    new FileKeeper(replica).goOnAsNewWriter();
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
        private final FileKeeper keeper = new FileKeeper(replica);
        /** Whether files which were read and wait may be read to the end by now. */
        private boolean again;

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
            if (outboxGrew || keeper.outboxGrew()) {
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
                    keeper.keepHead(head.head());
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
            again |= keeper.takeMembersGrew();
            if (!again) {
                entries.removeIf(read::contains);
            }
            takeAll(entries);
            again = keeper.takeMembersGrew();
            again |= replica.locked(this::needMore);
            return again;
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
                    replica.history().write(others, linked, () -> keeper.keep(found));
                } catch (RuntimeException e) {
                    inbox.reload();
                    throw e;
                }
                replica.announceOthers(others);
                replica.announce(ChangeEvent.Origin.REMOTE, linked.documents(), linked.changes());
                return taken.add(others).add(linked);
            });
        }

        private boolean settle(Listing listing) {
            if (keeper.isShared()) { // as a checkpoint has told
                replica.history().write(new Progress(), () -> {
                    keeper.goOnAsNewWriter();
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
