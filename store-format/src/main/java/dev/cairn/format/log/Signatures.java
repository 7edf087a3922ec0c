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

    /** Signing the last chain hash signs every change up to it. */
    static Bytes segmentMessage(SpaceId space, WriterId writer, ChainPoint last) {
        return new ByteWriter(128)
                .bytes(SEGMENT)
                .bytes(space.bytes())
                .bytes(writer.bytes())
                .u64(last.seq())
                .bytes(last.hash())
                .toBytes();
    }

    static Bytes headMessage(SpaceId space, WriterId writer, long counter, Bytes body) {
        return new ByteWriter(128)
                .bytes(HEAD)
                .bytes(space.bytes())
                .bytes(writer.bytes())
                .u64(counter)
                .bytes(body.sha256())
                .toBytes();
    }
}
