package dev.cairn.format.log;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
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

/** Reads heads of one space. Thread-safe. */
public final class HeadReader {
    private final SpaceId space;
    private final KeyRing keys;
    private final DeviceDirectory devices;

    /** A reader for {@code space} with what is known about its keys and devices. */
    public HeadReader(SpaceId space, KeyRing keys, DeviceDirectory devices) {
        this.space = space;
        this.keys = keys;
        this.devices = devices;
    }

    /** The head in {@code file}, whose name and place the caller judges. */
    public ReadOutcome<Head> read(Bytes file) {
        return Envelope.open(file, FileKind.HEAD, space, keys).then(this::read);
    }

    /** The head in a file which was already decrypted. */
    public ReadOutcome<Head> read(OpenedFile file) {
        try {
            return verify(file);
        } catch (MalformedException e) {
            return new Refused<>(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        } catch (TooNewException e) {
            return new TooNew<>(String.valueOf(e.getMessage()));
        }
    }

    private ReadOutcome<Head> verify(OpenedFile file) throws MalformedException, TooNewException {
        RecordCursor records = new RecordCursor(file);
        Bytes encoded = records.take(RecordType.HEAD);
        HeadBody body = HeadCodec.decode(encoded);
        Optional<ChangeRun> tail = Optional.empty();
        Bytes start = Bytes.empty();
        if (records.next(RecordType.START)) {
            start = records.take(RecordType.START);
            tail = Optional.of(tail(start, records.take(RecordType.CHANGES), body, file));
        }
        Bytes signature = records.take(RecordType.SIGNATURE);
        records.end();
        Optional<VerifyingKey> key = key(body.device(), file.header().writer(), tail);
        if (key.isEmpty()) {
            return devices.key(body.device()).isEmpty()
                    ? new Waiting<>(new Need.MemberEntry(body.device()))
                    : new Refused<>(Refusal.NOT_A_WRITER, "device " + body.device());
        }
        requireOrigin(file.header().writer(), key.get(), body, tail);
        Bytes message = Signatures.headMessage(
                space, file.header().writer(), file.header().ordinal(), encoded, start);
        return key.get().verify(message, signature)
                ? new Verified<>(new Head(
                        file.header(),
                        file.digest(),
                        body,
                        tail,
                        SignedEnd.ofHead(signature, file.header().ordinal(), start, encoded)))
                : new Refused<>(Refusal.BAD_SIGNATURE, "device " + body.device());
    }

    private Optional<VerifyingKey> key(DeviceId device, WriterId writer, Optional<ChangeRun> tail) {
        Optional<VerifyingKey> ofMember = tail.isPresent() ? Optional.empty() : devices.key(device);
        long first = tail.map(ChangeRun::firstSeq).orElse(Long.MAX_VALUE);
        return ofMember.or(() -> devices.changesKey(device, writer, first));
    }

    private void requireOrigin(WriterId writer, VerifyingKey key, HeadBody body, Optional<ChangeRun> tail)
            throws MalformedException {
        if (tail.isPresent()) {
            RunRecords.requireOrigin(space, key, tail.get());
        }
        Bytes origin = ChainPoint.origin(space, writer, key.bytes()).hash();
        if (body.lastSeq() == 0 && !body.lastHash().equals(origin)) {
            throw new MalformedException("a chain which does not start with its space, writer and device");
        }
    }

    private static ChangeRun tail(Bytes startBody, Bytes changes, HeadBody body, OpenedFile file)
            throws MalformedException {
        RunRecords.Start start = RunRecords.Start.read(startBody);
        ChangeRun run = start.run(file.header().writer(), changes);
        boolean fits = start.device().equals(body.device())
                && run.lastSeq() == body.lastSeq()
                && run.chainHash(run.size() - 1).equals(body.lastHash());
        if (!fits) {
            throw new MalformedException("a tail which does not end where its head does");
        }
        return run;
    }
}
