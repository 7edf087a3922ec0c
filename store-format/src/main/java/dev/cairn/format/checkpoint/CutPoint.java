package dev.cairn.format.checkpoint;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;

/**
 * Up to where a checkpoint holds the changes of a writer; a writer that has gone on in several ways has one for each.
 *
 * @param writer the writer
 * @param seq its last change in the checkpoint, from 1
 * @param chain the 32 bytes of the chain hash there
 */
public record CutPoint(WriterId writer, long seq, Bytes chain) implements Comparable<CutPoint> {
    /** Checks the ranges. */
    public CutPoint {
        if (seq < 1 || seq > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("sequence number " + seq + " in a cut");
        }
        if (chain.size() != ChainPoint.HASH_SIZE) {
            throw new IllegalArgumentException("a chain hash of " + chain.size() + " bytes in a cut");
        }
    }

    /** By writer, then number, then hash. */
    @Override
    public int compareTo(CutPoint other) {
        int byWriter = writer.compareTo(other.writer);
        int bySeq = byWriter != 0 ? byWriter : Long.compare(seq, other.seq);
        return bySeq != 0 ? bySeq : chain.compareTo(other.chain);
    }

    /** The first 8 bytes of the chain hash as a big-endian number. */
    public long hash8() {
        return chain.getLong(0);
    }
}
