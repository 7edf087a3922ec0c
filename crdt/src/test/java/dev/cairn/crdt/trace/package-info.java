/**
 * Real editing sessions, replayed through the engine's public API.
 *
 * <p>Start at {@link dev.cairn.crdt.trace.TraceTest}.
 */
@NullMarked
package dev.cairn.crdt.trace;

import org.jspecify.annotations.NullMarked;
