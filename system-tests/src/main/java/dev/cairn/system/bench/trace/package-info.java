/**
 * Workloads over recorded editing sessions: the published JSON forms are read by
 * {@link dev.cairn.system.bench.trace.TraceReader} into {@link dev.cairn.system.bench.trace.EditingHistory}s, which
 * {@link dev.cairn.system.bench.trace.TextTraceWorkload} and {@link dev.cairn.system.bench.trace.TextHistoryWorkload}
 * play through the engine.
 */
@NullMarked
package dev.cairn.system.bench.trace;

import org.jspecify.annotations.NullMarked;
