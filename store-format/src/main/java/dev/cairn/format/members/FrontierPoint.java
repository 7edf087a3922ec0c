package dev.cairn.format.members;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;

/**
 * The last change of one writer which a removal still accepts.
 *
 * @param writer a writer of the removed device
 * @param seq the sequence number of its last accepted change; 0 = none
 * @param chain the 32-byte chain hash there
 */
public record FrontierPoint(WriterId writer, long seq, Bytes chain) {
    /** The size of a chain hash in bytes. */
    public static final int CHAIN_SIZE = 32;

    /** Checks the ranges. */
    public FrontierPoint {
        if (seq < 0 || seq > Limits.NUMBER_MAX || chain.size() != CHAIN_SIZE) {
            throw new IllegalArgumentException("seq " + seq + " with a chain hash of " + chain.size() + " bytes");
        }
        chain = chain.compact();
    }
}
