/**
 * When a space is compacted, and what came of it.
 *
 * <p>Start at {@link dev.cairn.merge.checkpoint.Compactor}. The steps themselves are {@code dev.cairn.replica}'s, and
 * safe at any time; what is decided here is only when they are worth it.
 */
@NullMarked
package dev.cairn.merge.checkpoint;

import org.jspecify.annotations.NullMarked;
