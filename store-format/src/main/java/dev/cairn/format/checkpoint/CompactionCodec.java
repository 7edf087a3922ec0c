package dev.cairn.format.checkpoint;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.cbor.CborWriter;
import dev.cairn.format.file.TooNewException;
import java.util.ArrayList;
import java.util.List;

/**
 * The CBOR maps of a manifest and of a retirement list (SPEC sections "Checkpoints" and "Retirement").
 *
 * <p>Unknown keys below {@link #OPTIONAL_KEYS} change the meaning: the reader stops. From there on they are passed
 * over.
 */
final class CompactionCodec {
    static final long OPTIONAL_KEYS = 128;

    private static final int KEYS_MAX = 256;
    private static final int CHECKPOINT_KEYS = 6;
    private static final int RETIREMENT_KEYS = 5;

    private CompactionCodec() {}

    static Bytes encode(CheckpointBody body) {
        CborWriter out = new CborWriter();
        out.map(CHECKPOINT_KEYS);
        out.key(1).bytes(body.device().bytes());
        cut(out.key(2), body.cut());
        out.key(3).bytes(body.content());
        out.key(4).array(body.parts().size());
        for (PartRef part : body.parts()) {
            out.array(3).bytes(part.file()).unsigned(part.size()).bytes(part.content());
        }
        out.key(5).array(body.features().size());
        body.features().forEach(out::text);
        out.key(6).integer(body.timeMillis());
        return out.toBytes();
    }

    static Bytes encode(RetirementBody body) {
        CborWriter out = new CborWriter();
        out.map(RETIREMENT_KEYS);
        out.key(1).bytes(body.device().bytes());
        out.key(2).bytes(body.writer().bytes());
        out.key(3).bytes(body.checkpoint());
        cut(out.key(4), body.cut());
        out.key(5).array(body.files().size());
        for (ListedFile file : body.files()) {
            out.array(2).unsigned(file.ordinal()).bytes(file.digest());
        }
        return out.toBytes();
    }

    private static void cut(CborWriter out, List<CutPoint> cut) {
        out.array(cut.size());
        for (CutPoint point : cut) {
            out.array(3).bytes(point.writer().bytes()).unsigned(point.seq()).bytes(point.chain());
        }
    }

    static CheckpointBody checkpoint(Bytes encoded) throws MalformedException, TooNewException {
        CborReader in = new CborReader(encoded);
        int optional = optional(in, CHECKPOINT_KEYS, "a manifest");
        try {
            CheckpointBody body = new CheckpointBody(
                    DeviceId.of(at(in, 1).bytes(DeviceId.SIZE)),
                    cut(at(in, 2)),
                    at(in, 3).bytes(PartRef.DIGEST_SIZE).compact(),
                    parts(at(in, 4)),
                    features(at(in, 5)),
                    at(in, 6).integer(-Limits.NUMBER_MAX, Limits.NUMBER_MAX));
            rest(in, optional, "a manifest");
            return body;
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a manifest with wrong " + e.getMessage());
        }
    }

    static RetirementBody retirement(Bytes encoded) throws MalformedException, TooNewException {
        CborReader in = new CborReader(encoded);
        int optional = optional(in, RETIREMENT_KEYS, "a retirement list");
        try {
            RetirementBody body = new RetirementBody(
                    DeviceId.of(at(in, 1).bytes(DeviceId.SIZE)),
                    WriterId.of(at(in, 2).bytes(WriterId.SIZE)),
                    at(in, 3).bytes(PartRef.DIGEST_SIZE).compact(),
                    cut(at(in, 4)),
                    files(at(in, 5)));
            rest(in, optional, "a retirement list");
            return body;
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a retirement list with wrong " + e.getMessage());
        }
    }

    private static int optional(CborReader in, int keys, String what) throws MalformedException {
        int found = in.map(KEYS_MAX);
        if (found < keys) {
            throw new MalformedException(what + " with only " + found + " entries");
        }
        return found - keys;
    }

    private static CborReader at(CborReader in, int key) throws MalformedException {
        in.key(key);
        return in;
    }

    private static void rest(CborReader in, int keys, String what) throws MalformedException, TooNewException {
        for (int i = 0; i < keys; i++) {
            long key = in.key();
            if (key < OPTIONAL_KEYS) {
                throw new TooNewException("entry " + key + " of " + what);
            }
            in.skip();
        }
        in.end();
    }

    private static void items(CborReader in, int expected) throws MalformedException {
        if (in.array(expected) != expected) {
            throw new MalformedException("a list without " + expected + " parts");
        }
    }

    private static List<CutPoint> cut(CborReader in) throws MalformedException {
        int count = in.array(Limits.CUT_MAX);
        List<CutPoint> cut = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items(in, 3);
            WriterId writer = WriterId.of(in.bytes(WriterId.SIZE));
            long seq = in.unsigned(Limits.NUMBER_MAX);
            cut.add(new CutPoint(writer, seq, in.bytes(ChainPoint.HASH_SIZE).compact()));
        }
        return cut;
    }

    private static List<PartRef> parts(CborReader in) throws MalformedException {
        int count = in.array(Limits.PARTS_MAX);
        List<PartRef> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items(in, 3);
            Bytes file = in.bytes(PartRef.DIGEST_SIZE).compact();
            int size = (int) in.unsigned(Limits.PART_BYTES);
            parts.add(new PartRef(file, size, in.bytes(PartRef.DIGEST_SIZE).compact()));
        }
        return parts;
    }

    private static List<String> features(CborReader in) throws MalformedException {
        int count = in.array(CheckpointBody.FEATURES_MAX);
        List<String> features = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            features.add(in.text(CheckpointBody.FEATURE_BYTES_MAX));
        }
        return features;
    }

    private static List<ListedFile> files(CborReader in) throws MalformedException {
        int count = in.array(Limits.RETIRED_FILES_MAX);
        List<ListedFile> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items(in, 2);
            long ordinal = in.unsigned(Limits.ORDINAL_MAX);
            files.add(new ListedFile(ordinal, in.bytes(PartRef.DIGEST_SIZE).compact()));
        }
        return files;
    }
}
