/**
 * Checkpoints and the retirement of segments, on this device's side.
 *
 * <p>Start at {@link dev.cairn.replica.compaction.Retirement}. {@link dev.cairn.replica.compaction.CheckpointMaker}
 * publishes a checkpoint; {@link dev.cairn.replica.compaction.CheckpointIntake} reads those of others, takes over what
 * is missing here and finds out whether they can be relied on; the retirement withdraws this device's own segments in
 * two steps, so that every published change stays in a live file or in a verified checkpoint (SPEC section
 * "Retirement"): {@code Proposals} makes the lists, {@code Withdrawing} takes each from step to step, {@code
 * Superseded} gives up checkpoints that newer ones replace, and all three ask {@code Reliance} what a checkpoint is
 * worth. Nothing here needs a leader, a lock or a right clock to be safe.
 */
@NullMarked
package dev.cairn.replica.compaction;

import org.jspecify.annotations.NullMarked;
