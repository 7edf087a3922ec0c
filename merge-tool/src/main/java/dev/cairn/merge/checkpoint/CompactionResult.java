package dev.cairn.merge.checkpoint;

import dev.cairn.replica.Compaction;
import dev.cairn.replica.CompactionStatus;

/**
 * What compaction did.
 *
 * @param made the checkpoint
 * @param segmentsBefore this device's segments in the folder before
 * @param cleaning directories of retired devices that others were asked to let go
 * @param status what is now, and what is waited for
 */
public record CompactionResult(Compaction.Made made, int segmentsBefore, int cleaning, CompactionStatus status) {
    /** How many of this device's segments have gone at once. */
    public int segmentsGone() {
        return Math.max(0, segmentsBefore - status.segments());
    }
}
