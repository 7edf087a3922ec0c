/**
 * The recovery of ordinary text files from the conflict copies which sync tools leave beside them.
 *
 * <p>Start at {@link dev.cairn.merge.conflicts.Recovery}. {@code CopyName} knows the names sixteen tools give; a name
 * is a hint, so {@code ConflictScan} asks the contents too. {@code BaseFinder} looks for the version both sides began
 * with, the texts are merged by {@code dev.cairn.merge.text}, and {@code Settlement} changes the disk: first everything
 * that will be touched is backed up, then the merged file replaces the original in one step, and only then, if asked
 * to, a copy goes.
 */
@NullMarked
package dev.cairn.merge.conflicts;

import org.jspecify.annotations.NullMarked;
