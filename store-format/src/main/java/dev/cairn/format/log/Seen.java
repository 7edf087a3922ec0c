package dev.cairn.format.log;

import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;

/**
 * How far a device has committed another writer's changes to its own store, without a gap from the first.
 *
 * @param seq the sequence number of the last of them
 * @param hash8 the first 8 bytes of that change's chain hash, so that a fork is noticed
 */
public record Seen(WriterId writer, long seq, long hash8) {
    /** Checks the sequence number. */
    public Seen {
        if (seq < 1 || seq > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("sequence number " + seq);
        }
    }
}
