package dev.cairn.replica;

import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.RetirementList;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.Seen;
import dev.cairn.format.log.SignedEnd;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.replica.history.Linked;
import dev.cairn.replica.identity.Members;
import dev.cairn.replica.inbox.FoundFile;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.store.HeadNote;
import dev.cairn.replica.store.KnownHead;
import dev.cairn.replica.store.KnownList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what verified files hold in the store, a batch in one transaction, and does at once what must not wait: who
 * finds that somebody else writes under its id goes on under another, and a used invite is closed.
 */
final class FileKeeper {
    private final Replica replica;
    private boolean membersGrew;
    private boolean outboxGrew;

    FileKeeper(Replica replica) {
        this.replica = replica;
    }

    /** Whether member entries came since this was asked last, so that files which waited may be read now. */
    boolean takeMembersGrew() {
        boolean grew = membersGrew;
        membersGrew = false;
        return grew;
    }

    /** Whether anything is to be published. */
    boolean outboxGrew() {
        return outboxGrew;
    }

    /** Keeps a batch; inside a transaction. Returns true. */
    boolean keep(List<FoundFile> found) {
        replica.catchUpMembers();
        List<MemberEntry> entries = new ArrayList<>();
        boolean takeover = false;
        DeviceDirectory devices = replica.directory();
        for (FoundFile read : found) {
            FoundFile file = read.asOf(devices);
            takeover |= keep(file, entries);
            replica.inbox().settle(file, replica.nowMillis());
        }
        if (replica.addEntries(entries)) {
            membersGrew = true;
            replica.inbox().reconsider();
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
        return run.writer().equals(current()) && device.equals(replica.device()) && linked.how() != Linked.How.KNOWN;
    }

    /** Whether somebody else has written under this writer's id too: then its chain is no longer its own. */
    boolean isShared() {
        return !replica.history().isAlone(current(), replica.device());
    }

    private WriterId current() {
        return replica.members().secrets().writer();
    }

    /**
     * Keeps what a head says; one that another device signed for a writer's directory says nothing. Returns whether it
     * shows that somebody else writes under this device's id.
     */
    boolean keepHead(Head head) {
        Optional<DeviceId> writersDevice = replica.history().deviceOf(head.writer());
        if (writersDevice.isPresent() && !writersDevice.get().equals(head.body().device())) {
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
        boolean own = head.writer().equals(current()) && head.body().device().equals(replica.device());
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

    /** Takes another writer id, and seals under the former what no file holds; inside a transaction. */
    void goOnAsNewWriter() {
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
}
