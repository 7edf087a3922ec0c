/**
 * Immutable collections of which a changed copy costs no more than the change: old and new share all other parts.
 *
 * <p>Start at {@link dev.cairn.crdt.immutable.KeyTree}, which the views of maps are made of.
 */
@NullMarked
package dev.cairn.crdt.immutable;

import org.jspecify.annotations.NullMarked;
