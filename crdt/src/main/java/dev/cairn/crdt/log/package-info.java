/**
 * The documents of a set: for each, where its changes are, and its live state, its past or a version of it once
 * somebody asks.
 *
 * <p>Start at {@link dev.cairn.crdt.log.DocumentLog}. A document nobody reads is two columns of numbers; this is where
 * the bytes of changes, snapshots and the live document meet.
 */
@NullMarked
package dev.cairn.crdt.log;

import org.jspecify.annotations.NullMarked;
