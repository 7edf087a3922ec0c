package dev.cairn.format.election;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.FileRecord;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads election files of one space. Thread-safe.
 *
 * <p>Whether a file lies where it belongs is for the caller to say: a copy elsewhere is no second voter.
 */
public final class ElectionReader {
    private static final Bytes LABEL = Bytes.utf8("cairn/v1/election");

    private final SpaceId space;
    private final KeyRing keys;
    private final DeviceDirectory devices;

    /** A reader for {@code space} with what is known about its keys and devices. */
    public ElectionReader(SpaceId space, KeyRing keys, DeviceDirectory devices) {
        this.space = space;
        this.keys = keys;
        this.devices = devices;
    }

    /** The election file in {@code file}, which lies in the place of a file of {@code kind} of {@code writer}. */
    public ReadOutcome<ElectionFile> read(Bytes file, WriterId writer, FileKind kind) {
        return Envelope.open(file, kind, space, keys).then(opened -> read(opened, writer));
    }

    private ReadOutcome<ElectionFile> read(OpenedFile file, WriterId writer) {
        if (!file.header().writer().equals(writer)) {
            return new Refused<>(
                    Refusal.WRONG_KIND, "a file of writer " + file.header().writer());
        }
        try {
            return verify(file);
        } catch (MalformedException e) {
            return new Refused<>(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        } catch (TooNewException e) {
            return new TooNew<>(String.valueOf(e.getMessage()));
        }
    }

    private ReadOutcome<ElectionFile> verify(OpenedFile file) throws MalformedException, TooNewException {
        List<FileRecord> records = known(file);
        if (records.size() != 2
                || !records.get(0).is(RecordType.ELECTION)
                || !records.get(1).is(RecordType.SIGNATURE)) {
            throw new MalformedException("not one election record and its signature");
        }
        Bytes body = records.get(0).body();
        WriterId writer = file.header().writer();
        long number = file.header().ordinal();
        PaperCodec.Signed signed = PaperCodec.decode(file.header().kind(), writer, body);
        Optional<VerifyingKey> key = devices.key(signed.device());
        if (key.isEmpty()) {
            return new Waiting<>(new Need.MemberEntry(signed.device()));
        }
        Bytes message = message(space, writer, file.header().kind(), number, body);
        return key.get().verify(message, records.get(1).body())
                ? new Verified<>(new ElectionFile(writer, signed.device(), number, file.digest(), signed.paper()))
                : new Refused<>(Refusal.BAD_SIGNATURE, "device " + signed.device());
    }

    private static List<FileRecord> known(OpenedFile file) throws TooNewException {
        List<FileRecord> records = new ArrayList<>();
        for (FileRecord record : file.records()) {
            if (RecordType.ofCode(record.type()).isPresent()) {
                records.add(record);
            } else if (record.critical()) {
                throw new TooNewException("record type 0x" + Integer.toHexString(record.type()));
            }
        }
        return records;
    }

    static Bytes message(SpaceId space, WriterId writer, FileKind kind, long number, Bytes body) {
        return new ByteWriter(160)
                .bytes(LABEL)
                .bytes(space.bytes())
                .bytes(writer.bytes())
                .u8(kind.code())
                .u64(number)
                .bytes(body.sha256())
                .toBytes();
    }
}
