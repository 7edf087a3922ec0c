/**
 * What a history tells: which changes led from one version to another, and what they did.
 *
 * <p>Start at {@link dev.cairn.crdt.history.ChangeRecord}. Everything here is an immutable value.
 */
@NullMarked
package dev.cairn.crdt.history;

import org.jspecify.annotations.NullMarked;
