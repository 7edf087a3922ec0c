/**
 * Workloads over a real folder on a real disk, through {@link dev.cairn.replica.Space}. Start at
 * {@link dev.cairn.system.bench.folder.BusyFolder}.
 */
@NullMarked
package dev.cairn.system.bench.folder;

import org.jspecify.annotations.NullMarked;
