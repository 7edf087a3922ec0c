package dev.cairn.format.checkpoint;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.file.Sealer;
import dev.cairn.format.log.Signatory;
import java.util.List;

/** Seals the files of checkpoints and retirement lists of one writer. Thread-safe if its sealer is. */
public final class CheckpointWriter {
    private static final Bytes CHECKPOINT = Bytes.utf8("cairn/v1/checkpoint");
    private static final Bytes RETIREMENT = Bytes.utf8("cairn/v1/retirement");

    private final Sealer sealer;
    private final Signatory signatory;

    /** Files of the sealer's writer, signed by its device. */
    public CheckpointWriter(Sealer sealer, Signatory signatory) {
        this.sealer = sealer;
        this.signatory = signatory;
    }

    /** A part of an image; its digest goes into the manifest, which is published after all parts. */
    public SealedFile part(long ordinal, Bytes image) {
        return sealer.seal(FileKind.CHECKPOINT_PART, ordinal, List.of(FileRecord.of(RecordType.PART, image)));
    }

    /** The manifest. */
    public SealedFile manifest(long ordinal, CheckpointBody body) {
        requireOwn(body.device().equals(signatory.device()));
        Bytes encoded = CompactionCodec.encode(body);
        return signed(FileKind.CHECKPOINT, RecordType.CHECKPOINT, ordinal, encoded);
    }

    /** A retirement list. */
    public SealedFile retirement(long ordinal, RetirementBody body) {
        requireOwn(body.device().equals(signatory.device()));
        Bytes encoded = CompactionCodec.encode(body);
        return signed(FileKind.RETIREMENT_LIST, RecordType.RETIREMENT, ordinal, encoded);
    }

    private static void requireOwn(boolean own) {
        if (!own) {
            throw new IllegalArgumentException("a body that names another device than the one which signs");
        }
    }

    private SealedFile signed(FileKind kind, RecordType type, long ordinal, Bytes encoded) {
        Bytes message = message(kind, sealer.space(), sealer.writer(), ordinal, encoded);
        Bytes signature = signatory.key().sign(message);
        return sealer.seal(
                kind, ordinal, List.of(FileRecord.of(type, encoded), FileRecord.of(RecordType.SIGNATURE, signature)));
    }

    /** What the device signs (SPEC section "Signatures"). */
    static Bytes message(FileKind kind, SpaceId space, WriterId writer, long ordinal, Bytes body) {
        return new ByteWriter(128)
                .bytes(kind == FileKind.CHECKPOINT ? CHECKPOINT : RETIREMENT)
                .bytes(space.bytes())
                .bytes(writer.bytes())
                .u64(ordinal)
                .bytes(body.sha256())
                .toBytes();
    }
}
