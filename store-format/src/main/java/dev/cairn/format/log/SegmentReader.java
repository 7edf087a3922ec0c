package dev.cairn.format.log;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.FileKind;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.OpenedFile;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.file.ReadOutcome.Need;
import dev.cairn.format.file.ReadOutcome.Refused;
import dev.cairn.format.file.ReadOutcome.TooNew;
import dev.cairn.format.file.ReadOutcome.Verified;
import dev.cairn.format.file.ReadOutcome.Waiting;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.Refusal;
import dev.cairn.format.file.TooNewException;
import java.util.Optional;

/** Reads segment files of one space. Thread-safe. */
public final class SegmentReader {
    private final SpaceId space;
    private final KeyRing keys;
    private final DeviceDirectory devices;

    /** A reader for {@code space} with what is known about its keys and devices. */
    public SegmentReader(SpaceId space, KeyRing keys, DeviceDirectory devices) {
        this.space = space;
        this.keys = keys;
        this.devices = devices;
    }

    /** The segment in {@code file}, whose name and place do not matter. */
    public ReadOutcome<Segment> read(Bytes file) {
        return Envelope.open(file, FileKind.SEGMENT, space, keys).then(this::read);
    }

    /** The segment in a file which was already decrypted. */
    public ReadOutcome<Segment> read(OpenedFile file) {
        try {
            return verify(file);
        } catch (MalformedException e) {
            return new Refused<>(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        } catch (TooNewException e) {
            return new TooNew<>(String.valueOf(e.getMessage()));
        }
    }

    private ReadOutcome<Segment> verify(OpenedFile file) throws MalformedException, TooNewException {
        RecordCursor records = new RecordCursor(file);
        Bytes startBody = records.take(RecordType.START);
        RunRecords.Start start = RunRecords.Start.read(startBody);
        Bytes changes = records.take(RecordType.CHANGES);
        Bytes signature = records.take(RecordType.SIGNATURE);
        records.end();
        Optional<VerifyingKey> key = devices.changesKey(
                start.device(), file.header().writer(), start.before().seq() + 1);
        if (key.isEmpty()) {
            return devices.key(start.device()).isEmpty()
                    ? new Waiting<>(new Need.MemberEntry(start.device()))
                    : new Refused<>(Refusal.NOT_A_WRITER, "device " + start.device());
        }
        ChangeRun run = start.run(file.header().writer(), changes);
        RunRecords.requireOrigin(space, key.get(), run);
        Bytes message = Signatures.segmentMessage(space, run.writer(), run.after(), startBody);
        return key.get().verify(message, signature)
                ? new Verified<>(new Segment(
                        file.header(), file.digest(), start.device(), run, SignedEnd.ofSegment(signature, startBody)))
                : new Refused<>(Refusal.BAD_SIGNATURE, "device " + start.device());
    }
}
