package dev.cairn.format.log;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;

/** The messages which devices sign (SPEC section "Signatures"). */
final class Signatures {
    private static final Bytes SEGMENT = Bytes.utf8("cairn/v1/segment");
    private static final Bytes HEAD = Bytes.utf8("cairn/v1/head");

    private Signatures() {}

    /**
     * Signing the last chain hash signs every change up to it; signing the START record signs the numbers from which
     * the lamport numbers and wall times of these changes are counted, which the chain does not hold.
     */
    static Bytes segmentMessage(SpaceId space, WriterId writer, ChainPoint last, Bytes start) {
        return new ByteWriter(160)
                .bytes(SEGMENT)
                .bytes(space.bytes())
                .bytes(writer.bytes())
                .u64(last.seq())
                .bytes(last.hash())
                .bytes(start.sha256())
                .toBytes();
    }

    /** The body holds the last chain hash; {@code start} is the START record of the tail, empty when there is none. */
    static Bytes headMessage(SpaceId space, WriterId writer, long counter, Bytes body, Bytes start) {
        return headMessageOf(space, writer, counter, body.sha256(), start.sha256());
    }

    /** The same from the digests. */
    static Bytes headMessageOf(SpaceId space, WriterId writer, long counter, Bytes bodyDigest, Bytes startDigest) {
        return new ByteWriter(160)
                .bytes(HEAD)
                .bytes(space.bytes())
                .bytes(writer.bytes())
                .u64(counter)
                .bytes(bodyDigest)
                .bytes(startDigest)
                .toBytes();
    }
}
