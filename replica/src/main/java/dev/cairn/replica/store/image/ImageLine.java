package dev.cairn.replica.store.image;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;

/**
 * A chain in an image, or one branch of it.
 *
 * @param no its number, from 1
 * @param writer the writer
 * @param device the writer's device
 * @param parent the line it branches from, 0 for a writer's own
 * @param fork the last number it shares with that; 0 for a writer's own
 * @param last its last change; for a line with branches, their fork
 * @param chain the chain hash there
 * @param signed the device's signature over the end; empty for a line with branches
 */
public record ImageLine(
        int no, WriterId writer, DeviceId device, int parent, long fork, long last, Bytes chain, Bytes signed) {
    /** Whether other lines branch from its end. */
    public boolean hasBranches() {
        return signed.isEmpty();
    }
}
