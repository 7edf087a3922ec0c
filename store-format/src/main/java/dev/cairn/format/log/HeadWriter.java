package dev.cairn.format.log;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.FileKind;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.file.Sealer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Seals heads of one writer. Thread-safe if its sealer is. */
public final class HeadWriter {
    private final Sealer sealer;
    private final Signatory signatory;

    /** Heads of the sealer's writer, signed by its device. */
    public HeadWriter(Sealer sealer, Signatory signatory) {
        this.sealer = sealer;
        this.signatory = signatory;
    }

    /**
     * The head number {@code counter}, which must be above every counter this writer ever used.
     *
     * <p>Its name is {@code head-0} for even counters and {@code head-1} for odd ones, so that counting up by one
     * always spares the newer slot.
     *
     * @param tail the newest changes; if present it ends exactly at {@code body.lastSeq()} and {@code body.lastHash()}
     * @throws IllegalArgumentException if body, tail and writer do not fit together, or a limit is exceeded
     */
    public SealedFile seal(long counter, HeadBody body, Optional<ChangeRun> tail) {
        if (!body.device().equals(signatory.device())) {
            throw new IllegalArgumentException(
                    "a head of device " + body.device() + " signed by " + signatory.device());
        }
        List<FileRecord> records = new ArrayList<>();
        Bytes encoded = HeadCodec.encode(body);
        Bytes start = Bytes.empty();
        records.add(FileRecord.of(RecordType.HEAD, encoded));
        if (tail.isPresent()) {
            requireFit(body, tail.get());
            FileRecord record = RunRecords.start(body.device(), tail.get());
            start = record.body();
            records.add(record);
            records.add(RunRecords.changes(tail.get()));
        }
        Bytes message = Signatures.headMessage(sealer.space(), sealer.writer(), counter, encoded, start);
        records.add(FileRecord.of(RecordType.SIGNATURE, signatory.key().sign(message)));
        return sealer.seal(FileKind.HEAD, counter, records);
    }

    private void requireFit(HeadBody body, ChangeRun run) {
        boolean fits = run.writer().equals(sealer.writer())
                && run.lastSeq() == body.lastSeq()
                && run.chainHash(run.size() - 1).equals(body.lastHash());
        if (!fits) {
            throw new IllegalArgumentException(run + " does not end where the head of " + sealer.writer() + " does");
        }
    }
}
