package dev.cairn.format.log;

import dev.cairn.format.ByteReader;
import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.TooNewException;

/**
 * A writer's signature over the end of its chain, apart from the file it came in: proof of every change up to there for
 * whoever has the changes.
 *
 * <pre>
 * 01 | signature 64 | body of START                                              of a segment
 * 02 | signature 64 | varint counter | SHA-256(body of START) 32 | body of HEAD  of a head
 * </pre>
 *
 * @param encoded the form above
 */
public record SignedEnd(Bytes encoded) {
    /** The largest form in bytes: a head's body is in it. */
    public static final int BYTES_MAX = Limits.HEAD_FILE_BYTES_MAX;

    private static final int SEGMENT = 1;
    private static final int HEAD = 2;
    private static final int SIGNATURE_SIZE = 64;
    private static final int DIGEST_SIZE = 32;

    static SignedEnd ofSegment(Bytes signature, Bytes start) {
        return new SignedEnd(
                new ByteWriter(256).u8(SEGMENT).bytes(signature).bytes(start).toBytes());
    }

    static SignedEnd ofHead(Bytes signature, long counter, Bytes start, Bytes body) {
        return new SignedEnd(new ByteWriter(512)
                .u8(HEAD)
                .bytes(signature)
                .varint(counter)
                .bytes(start.sha256())
                .bytes(body)
                .toBytes());
    }

    /** A signature of this device over the end of a run, as if all changes up to there were in one segment. */
    public static SignedEnd sign(Signatory signatory, SpaceId space, ChangeRun run) {
        Bytes start = RunRecords.start(signatory.device(), run).body();
        Bytes message = Signatures.segmentMessage(space, run.writer(), run.after(), start);
        return ofSegment(signatory.key().sign(message), start);
    }

    /**
     * Whether the device with this key has signed that its writer's chain reaches {@code end}.
     *
     * @throws MalformedException if the form is broken
     */
    public boolean proves(SpaceId space, WriterId writer, VerifyingKey key, ChainPoint end) throws MalformedException {
        ByteReader in = new ByteReader(encoded);
        int form = in.u8();
        Bytes signature = in.bytes(SIGNATURE_SIZE);
        if (form == SEGMENT) {
            Bytes start = in.rest();
            return key.verify(Signatures.segmentMessage(space, writer, end, start), signature);
        }
        if (form != HEAD) {
            throw new MalformedException("form " + form + " of a signature");
        }
        long counter = in.varint();
        Bytes startDigest = in.bytes(DIGEST_SIZE);
        Bytes body = in.rest();
        return saysEnd(body, end)
                && key.verify(Signatures.headMessageOf(space, writer, counter, body.sha256(), startDigest), signature);
    }

    private static boolean saysEnd(Bytes encoded, ChainPoint end) throws MalformedException {
        try {
            HeadBody body = HeadCodec.decode(encoded);
            return body.lastSeq() == end.seq() && body.lastHash().equals(end.hash());
        } catch (TooNewException e) {
            return false;
        }
    }
}
