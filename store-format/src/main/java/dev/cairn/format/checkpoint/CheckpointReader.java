package dev.cairn.format.checkpoint;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.EnvelopeHeader;
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
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.RecordCursor;
import java.util.Optional;

/** Reads manifests, parts and retirement lists of one space. Thread-safe. */
public final class CheckpointReader {
    private final SpaceId space;
    private final KeyRing keys;
    private final DeviceDirectory devices;

    /** A reader for {@code space} with what is known about its keys and devices. */
    public CheckpointReader(SpaceId space, KeyRing keys, DeviceDirectory devices) {
        this.space = space;
        this.keys = keys;
        this.devices = devices;
    }

    /** The manifest in {@code file}. */
    public ReadOutcome<Checkpoint> manifest(Bytes file) {
        return Envelope.open(file, FileKind.CHECKPOINT, space, keys).then(this::manifest);
    }

    /** The manifest in a file which was already decrypted. */
    public ReadOutcome<Checkpoint> manifest(OpenedFile file) {
        return read(file, RecordType.CHECKPOINT, encoded -> {
            CheckpointBody body = CompactionCodec.checkpoint(encoded);
            return new Parsed<>(body.device(), new Checkpoint(file.header(), file.digest(), body));
        });
    }

    /** The retirement list in {@code file}. */
    public ReadOutcome<RetirementList> retirement(Bytes file) {
        return Envelope.open(file, FileKind.RETIREMENT_LIST, space, keys).then(this::retirement);
    }

    /** The retirement list in a file which was already decrypted. */
    public ReadOutcome<RetirementList> retirement(OpenedFile file) {
        return read(file, RecordType.RETIREMENT, encoded -> {
            RetirementBody body = CompactionCodec.retirement(encoded);
            return new Parsed<>(body.device(), new RetirementList(file.header(), file.digest(), body));
        });
    }

    /** The bytes of the image in a part's file; the manifest tells whether they are the right ones. */
    public ReadOutcome<Bytes> part(Bytes file) {
        return Envelope.open(file, FileKind.CHECKPOINT_PART, space, keys).then(opened -> {
            try {
                RecordCursor records = new RecordCursor(opened);
                Bytes image = records.take(RecordType.PART);
                records.end();
                return new Verified<>(image);
            } catch (MalformedException e) {
                return new Refused<>(Refusal.MALFORMED, String.valueOf(e.getMessage()));
            } catch (TooNewException e) {
                return new TooNew<>(String.valueOf(e.getMessage()));
            }
        });
    }

    private <T> ReadOutcome<T> read(OpenedFile file, RecordType type, Parser<T> parser) {
        try {
            RecordCursor records = new RecordCursor(file);
            Bytes encoded = records.take(type);
            Bytes signature = records.take(RecordType.SIGNATURE);
            records.end();
            Parsed<T> parsed = parser.parse(encoded);
            return verify(file.header(), encoded, signature, parsed);
        } catch (MalformedException e) {
            return new Refused<>(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        } catch (TooNewException e) {
            return new TooNew<>(String.valueOf(e.getMessage()));
        }
    }

    private <T> ReadOutcome<T> verify(EnvelopeHeader header, Bytes encoded, Bytes signature, Parsed<T> parsed) {
        Optional<VerifyingKey> key = devices.key(parsed.device());
        if (key.isEmpty()) {
            return new Waiting<>(new Need.MemberEntry(parsed.device()));
        }
        Bytes message = CheckpointWriter.message(header.kind(), space, header.writer(), header.ordinal(), encoded);
        return key.get().verify(message, signature)
                ? new Verified<>(parsed.value())
                : new Refused<>(Refusal.BAD_SIGNATURE, "device " + parsed.device());
    }

    private record Parsed<T>(DeviceId device, T value) {}

    @FunctionalInterface
    private interface Parser<T> {
        Parsed<T> parse(Bytes encoded) throws MalformedException, TooNewException;
    }
}
