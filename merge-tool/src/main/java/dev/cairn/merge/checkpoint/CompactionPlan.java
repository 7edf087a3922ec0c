package dev.cairn.merge.checkpoint;

import dev.cairn.replica.CompactionStatus;

/**
 * What compaction would do now. A value; making it changes nothing.
 *
 * @param changes changes in this device's store
 * @param changesSince those which no checkpoint in the folder holds
 * @param worthIt whether that is enough for a new checkpoint
 * @param needsConfirmation whether segments could go at once if the user said that this is the only device
 * @param status what has been done, and what is waited for
 */
public record CompactionPlan(
        long changes, long changesSince, boolean worthIt, boolean needsConfirmation, CompactionStatus status) {}
