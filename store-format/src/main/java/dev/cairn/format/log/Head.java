package dev.cairn.format.log;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.EnvelopeHeader;
import java.util.Optional;

/**
 * A verified head: a writer's heartbeat, and its newest changes.
 *
 * <p>A head speaks for its device only at its exact place and name; changes in the tail of a copy elsewhere are as
 * good as those in a segment.
 *
 * @param header the file's header; its ordinal is the counter, which only rises
 * @param digest the SHA-256 of the whole file
 * @param body what the device says
 * @param tail the newest changes, ending with change {@code body.lastSeq()}
 * @param end the device's signature over the end of its chain
 */
public record Head(EnvelopeHeader header, Bytes digest, HeadBody body, Optional<ChangeRun> tail, SignedEnd end) {
    /** The counter: of two heads of a writer the one with the greater counter is the newer. */
    public long counter() {
        return header.ordinal();
    }

    /** Whose head it is. */
    public WriterId writer() {
        return header.writer();
    }
}
