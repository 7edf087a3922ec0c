/**
 * What lets files go: checkpoints, which hold the changes of all writers up to a cut, and retirement lists, which name
 * the files a checkpoint covers.
 *
 * <p>Start at {@link dev.cairn.format.checkpoint.CheckpointWriter}. A checkpoint is an SQLite image cut into parts; its
 * manifest, signed by the device which made it, names the parts and the cut and comes last. Nobody has to trust that
 * device: every writer's own signature over the end of its chain is in the image (SPEC section "Checkpoints"). A
 * retirement list is the first of two steps by which a writer withdraws its files (SPEC section "Retirement").
 */
@NullMarked
package dev.cairn.format.checkpoint;

import org.jspecify.annotations.NullMarked;
