/**
 * Changes outside of the engine: as runs which it takes in, and as the sealed segments in which a folder holds them.
 * Start at {@link dev.cairn.system.bench.journal.Archive}.
 */
@NullMarked
package dev.cairn.system.bench.journal;

import org.jspecify.annotations.NullMarked;
