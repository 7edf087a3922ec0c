package dev.cairn.replica.inbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.RetirementList;
import dev.cairn.format.file.EnvelopeHeader;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.Segment;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.replica.store.KnownFile;
import java.util.Optional;

/**
 * A file of the folder after it was read.
 *
 * @param entry the file as it was listed
 * @param content what it is
 */
public record FoundFile(Listing.Entry entry, Content content) {

    /**
     * The file as it is to be kept now: one whose device is no member any more since it was read waits for the member
     * entry, as it would if it were read again.
     */
    public FoundFile asOf(DeviceDirectory devices) {
        if (content instanceof OfSegment found) {
            Segment segment = found.segment();
            WriterId writer = segment.header().writer();
            long first = segment.changes().firstSeq();
            return devices.changesKey(segment.device(), writer, first).isPresent()
                    ? this
                    : waiting(segment.device(), segment.digest());
        }
        if (content instanceof OfHead found) {
            Head head = found.head();
            DeviceId device = head.body().device();
            long first = head.tail().map(ChangeRun::firstSeq).orElse(Long.MAX_VALUE);
            boolean taken = devices.changesKey(device, head.writer(), first).isPresent()
                    || (head.tail().isEmpty() && devices.key(device).isPresent());
            return taken ? this : waiting(device, head.digest());
        }
        return this;
    }

    private FoundFile waiting(DeviceId device, Bytes digest) {
        ReadOutcome<Content> waiting = new ReadOutcome.Waiting<>(new ReadOutcome.Need.MemberEntry(device));
        return new FoundFile(entry, FileReader.notVerified(waiting, Optional.of(digest)));
    }

    /** What a file holds. */
    public sealed interface Content {}

    /** Verified changes of one writer. */
    public record OfSegment(Segment segment) implements Content {}

    /**
     * A verified head.
     *
     * @param head the head
     * @param inPlace whether it lies under its exact name and place, so that it speaks for its device
     */
    public record OfHead(Head head, boolean inPlace) implements Content {}

    /** A member entry in its right form; whether it counts is decided with all others. */
    public record OfEntry(EnvelopeHeader header, Bytes digest, MemberEntry entry) implements Content {}

    /** A verified manifest of a checkpoint. */
    public record OfCheckpoint(Checkpoint checkpoint) implements Content {}

    /** A verified retirement list. */
    public record OfRetirement(RetirementList list) implements Content {}

    /** A whole file of a kind which this part does not take in. */
    public record OfOther(EnvelopeHeader header, Bytes digest) implements Content {}

    /** A copy of a file which is known under another path. */
    public record Copy(EnvelopeHeader header, Bytes digest) implements Content {}

    /**
     * Nothing to take in now.
     *
     * @param state why
     * @param digest the SHA-256 of its bytes, when they were whole
     * @param reason a stable code
     * @param text one line for a person
     */
    public record Nothing(KnownFile.State state, Optional<Bytes> digest, String reason, String text)
            implements Content {}
}
