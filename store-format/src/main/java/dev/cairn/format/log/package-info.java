/**
 * What a writer tells the others: segments of sealed changes, and the head with the newest ones (SPEC sections
 * "Segments" and "Heads").
 *
 * <p>A {@link dev.cairn.format.log.Segment} and a {@link dev.cairn.format.log.Head} are the verified values. Their
 * readers take any bytes and give a {@code ReadOutcome}; a verified value carries the right epoch key, the right
 * signature and a chain which was computed over its changes. What a single file cannot tell is for the caller to
 * compare: that the chain continues the writer's earlier changes ({@link dev.cairn.format.ChangeRun#before()}), and
 * that the device is the one which made the writer's first change.
 */
@NullMarked
package dev.cairn.format.log;

import org.jspecify.annotations.NullMarked;
