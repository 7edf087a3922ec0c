package dev.cairn.format.checkpoint;

import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.EnvelopeHeader;

/**
 * A verified manifest of a checkpoint: signed by a member. Its image has still to be judged.
 *
 * @param header the file's header
 * @param digest the SHA-256 of the manifest's file, by which acknowledgements name the checkpoint
 * @param body what it says
 */
public record Checkpoint(EnvelopeHeader header, Bytes digest, CheckpointBody body) {
    /** The writer in whose directory it belongs. */
    public WriterId writer() {
        return header.writer();
    }
}
