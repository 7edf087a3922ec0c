package dev.cairn.format.election;

import dev.cairn.format.Bytes;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.file.Sealer;
import dev.cairn.format.log.Signatory;
import java.util.List;

/** Seals the election files of one writer. Thread-safe if its sealer is. */
public final class ElectionWriter {
    private final Sealer sealer;
    private final Signatory signatory;

    /** Files of the sealer's writer, signed by its device. */
    public ElectionWriter(Sealer sealer, Signatory signatory) {
        this.sealer = sealer;
        this.signatory = signatory;
    }

    /**
     * The file with the given running number, which must be above every number this writer ever used for this kind.
     *
     * @throws IllegalArgumentException if a claim is not the sealer's writer's own, or a limit is exceeded
     */
    public SealedFile seal(long number, Paper paper) {
        if (paper instanceof Claim claim && !claim.order().writer().equals(sealer.writer())) {
            throw new IllegalArgumentException(
                    "a claim of " + claim.order().writer() + " sealed by " + sealer.writer());
        }
        Bytes body = PaperCodec.encode(signatory.device(), paper);
        Bytes message = ElectionReader.message(sealer.space(), sealer.writer(), paper.kind(), number, body);
        return sealer.seal(
                paper.kind(),
                number,
                List.of(
                        FileRecord.of(RecordType.ELECTION, body),
                        FileRecord.of(RecordType.SIGNATURE, signatory.key().sign(message))));
    }
}
