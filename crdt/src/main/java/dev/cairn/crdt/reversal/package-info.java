/**
 * Taking back, making again and restoring, by ordinary local edits.
 *
 * <p>Start at {@link dev.cairn.crdt.reversal.TakingBack}; {@link dev.cairn.crdt.reversal.Restoring} makes a document as
 * it was. Both look at what is wished in the past (the package {@code lineage}), at what is there now, and edit the
 * difference part by part: entries, units of texts and lists, elements, nodes and marks.
 *
 * <p>What comes back gets the place among its neighbours which it had, also when several devices bring back parts of
 * the same stretch: the order is canonical. What others edited since stays, and is told.
 */
@NullMarked
package dev.cairn.crdt.reversal;

import org.jspecify.annotations.NullMarked;
