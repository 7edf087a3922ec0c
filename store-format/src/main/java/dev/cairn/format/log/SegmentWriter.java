package dev.cairn.format.log;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.FileKind;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.file.Sealer;
import java.util.List;

/** Seals runs of changes of one writer into segment files. Thread-safe if its sealer is. */
public final class SegmentWriter {
    private final Sealer sealer;
    private final Signatory signatory;

    /** Segments of the sealer's writer, signed by its device. */
    public SegmentWriter(Sealer sealer, Signatory signatory) {
        this.sealer = sealer;
        this.signatory = signatory;
    }

    /**
     * The segment file number {@code ordinal} (from 1, rising with each new segment file of the writer) with {@code
     * run}.
     *
     * @throws IllegalArgumentException if the run is another writer's, or exceeds a limit of {@link
     * dev.cairn.format.Limits}
     */
    public SealedFile seal(long ordinal, ChangeRun run) {
        if (!run.writer().equals(sealer.writer())) {
            throw new IllegalArgumentException(run + " in a segment of writer " + sealer.writer());
        }
        FileRecord start = RunRecords.start(signatory.device(), run);
        Bytes message = Signatures.segmentMessage(sealer.space(), run.writer(), run.after(), start.body());
        FileRecord signature =
                FileRecord.of(RecordType.SIGNATURE, signatory.key().sign(message));
        return sealer.seal(FileKind.SEGMENT, ordinal, List.of(start, RunRecords.changes(run), signature));
    }
}
