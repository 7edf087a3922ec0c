/**
 * The same work for this engine and for others on the same machine: {@link dev.cairn.system.bench.peer.Script}s of
 * edits by several devices, played through small adapters. Start at {@link dev.cairn.system.bench.peer.PeersWorkload};
 * the engines of the JavaScript world run the same cases from {@code system-tests/peers}.
 */
@NullMarked
package dev.cairn.system.bench.peer;

import org.jspecify.annotations.NullMarked;
