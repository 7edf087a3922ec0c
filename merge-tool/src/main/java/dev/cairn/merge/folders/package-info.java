/**
 * Two folders of one space made one: a folder and its backup, a copy on a stick, or what a sync tool has torn apart.
 *
 * <p>Start at {@link dev.cairn.merge.folders.FolderMerge}. A file is known by what is in it, so the merge is a union:
 * {@code Plan} says for each file of the one folder why the other needs it or does not, and {@code Carrier} puts it
 * where its writer would have. This is what a sync tool does, and like one it never makes a file of its own and never
 * takes anything away: a heartbeat that gives way to a newer one is kept beside it unless all its changes are
 * elsewhere. A second run finds nothing to do.
 */
@NullMarked
package dev.cairn.merge.folders;

import org.jspecify.annotations.NullMarked;
