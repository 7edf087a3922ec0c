package dev.cairn.replica.inbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.Limits;
import dev.cairn.format.SpaceId;
import dev.cairn.format.checkpoint.CheckpointReader;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.EnvelopeHeader;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.OpenedFile;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.ReadResult;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.HeadReader;
import dev.cairn.format.log.SegmentReader;
import dev.cairn.format.members.MemberEntryFile;
import dev.cairn.replica.inbox.FoundFile.Content;
import dev.cairn.replica.store.KnownFile.State;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Reads one file after another: bytes, envelope, content. Thread-safe; never throws for what a file holds. */
final class FileReader {
    /**
     * Files of one batch that may hold a thread each: behind them the rest of a cloud folder is likely to be as slow.
     */
    private static final int TIMEOUTS_MAX = 8;

    private final SharedFolder folder;
    private final SpaceId space;
    private final KeyRing keys;
    private final SegmentReader segments;
    private final HeadReader heads;
    private final CheckpointReader checkpoints;
    private final Predicate<Bytes> known;
    private final AtomicInteger timeouts = new AtomicInteger();

    /**
     * A reader of one refresh.
     *
     * @param known whether a file of that digest was taken in before
     */
    FileReader(SharedFolder folder, SpaceId space, KeyRing keys, DeviceDirectory devices, Predicate<Bytes> known) {
        this.folder = folder;
        this.space = space;
        this.keys = keys;
        this.segments = new SegmentReader(space, keys, devices);
        this.heads = new HeadReader(space, keys, devices);
        this.checkpoints = new CheckpointReader(space, keys, devices);
        this.known = known;
    }

    FoundFile read(Listing.Entry entry) {
        return new FoundFile(entry, content(entry));
    }

    private Content content(Listing.Entry entry) {
        if (timeouts.get() >= TIMEOUTS_MAX) {
            return nothing(
                    State.UNREADABLE,
                    "NOT_DOWNLOADED",
                    "was not tried, since many files did not answer; it is tried later");
        }
        ReadResult result = folder.read(entry, Limits.FILE_BYTES_MAX);
        if (result instanceof ReadResult.Content content) {
            return content(entry, content.bytes());
        }
        if (result instanceof ReadResult.Foreign) {
            return nothing(State.FOREIGN, "NOT_OURS", "is not a Cairn file and is left alone");
        }
        if (result instanceof ReadResult.TooLarge large) {
            return nothing(
                    State.REFUSED,
                    "TOO_LARGE",
                    "has " + large.size() + " bytes, more than the " + large.maxBytes() + " a file may have");
        }
        if (result instanceof ReadResult.NotRegular other) {
            return nothing(State.FOREIGN, "NOT_REGULAR", "is " + other.what() + " and is left alone");
        }
        if (result instanceof ReadResult.TimedOut timedOut) {
            timeouts.incrementAndGet();
            return nothing(
                    State.UNREADABLE,
                    "NOT_DOWNLOADED",
                    "did not answer within " + timedOut.after().toSeconds()
                            + " s: let the sync tool download it; it is tried again");
        }
        if (result instanceof ReadResult.Unreadable unreadable) {
            return nothing(State.UNREADABLE, "UNREADABLE", unreadable.reason() + "; it is tried again");
        }
        return nothing(State.UNREADABLE, "GONE", "went away while it was read; it is looked for again");
    }

    /** The folder hands over only what begins like one of ours, or is named like one and does not begin at all yet. */
    private Content content(Listing.Entry entry, Bytes bytes) {
        ReadOutcome<Envelope.Identity> inspected = Envelope.inspect(bytes);
        Optional<Envelope.Identity> identity = inspected.content();
        if (inspected instanceof ReadOutcome.NotOurs) {
            return nothing(
                    State.INCOMPLETE, "INCOMPLETE", "is named like a Cairn file and does not begin like one yet");
        }
        if (identity.isEmpty()) {
            return notVerified(inspected, Optional.empty());
        }
        EnvelopeHeader header = identity.get().header();
        boolean head = header.kind() == FileKind.HEAD;
        Bytes digest = identity.get().digest();
        if (!head && known.test(digest)) {
            return new FoundFile.Copy(header, digest);
        }
        if (header.kind() == FileKind.CHECKPOINT_PART && header.space().equals(space)) {
            return new FoundFile.OfOther(header, digest); // opened with its manifest, and not before
        }
        ReadOutcome<Content> outcome = Envelope.open(bytes, space, keys).then(opened -> opened(entry, bytes, opened));
        return outcome.content().orElseGet(() -> notVerified(outcome, Optional.of(digest)));
    }

    private ReadOutcome<Content> opened(Listing.Entry entry, Bytes bytes, OpenedFile file) {
        return switch (file.header().kind()) {
            case SEGMENT ->
                segments.read(file).then(segment -> new ReadOutcome.Verified<>(new FoundFile.OfSegment(segment)));
            case HEAD ->
                heads.read(file)
                        .then(head ->
                                new ReadOutcome.Verified<>(new FoundFile.OfHead(head, inPlace(entry.path(), file))));
            case MEMBER_ENTRY -> memberEntry(bytes, file);
            case CHECKPOINT ->
                checkpoints.manifest(file).then(found -> new ReadOutcome.Verified<>(new FoundFile.OfCheckpoint(found)));
            case RETIREMENT_LIST ->
                checkpoints.retirement(file).then(list -> new ReadOutcome.Verified<>(new FoundFile.OfRetirement(list)));
            default -> new ReadOutcome.Verified<>(new FoundFile.OfOther(file.header(), file.digest()));
        };
    }

    private ReadOutcome<Content> memberEntry(Bytes bytes, OpenedFile file) {
        return MemberEntryFile.read(bytes, space, keys)
                .then(entry -> new ReadOutcome.Verified<>(new FoundFile.OfEntry(file.header(), file.digest(), entry)));
    }

    /** Whether a file lies exactly where its writer put it. */
    static boolean inPlace(String path, OpenedFile file) {
        FileName.HeadSlot slot = new FileName.HeadSlot((int) (file.header().ordinal() & 1));
        return path.equals(slot.path(file.header().writer()));
    }

    static Content notVerified(ReadOutcome<?> outcome, Optional<Bytes> digest) {
        return new FoundFile.Nothing(state(outcome), digest, outcome.code().toUpperCase(Locale.ROOT), outcome.text());
    }

    private static State state(ReadOutcome<?> outcome) {
        if (outcome instanceof ReadOutcome.Incomplete) {
            return State.INCOMPLETE;
        }
        if (outcome instanceof ReadOutcome.Waiting) {
            return State.WAITING;
        }
        if (outcome instanceof ReadOutcome.TooNew) {
            return State.TOO_NEW;
        }
        return outcome instanceof ReadOutcome.NotOurs ? State.FOREIGN : State.REFUSED;
    }

    private static Content nothing(State state, String reason, String text) {
        return new FoundFile.Nothing(state, Optional.empty(), reason, text);
    }
}
