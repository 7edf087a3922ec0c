/**
 * Keeps a {@link dev.cairn.replica.Space} fresh: the threads of a running space live here.
 *
 * <p>Start at {@link dev.cairn.watcher.FolderWatcher}. An event of the file system is only ever a hint to look sooner;
 * what is new is found by {@code Space.refresh()}, which lists the folder. So everything here may be late, lost,
 * doubled or switched off, and a slow poll still finds every file.
 */
@NullMarked
package dev.cairn.watcher;

import org.jspecify.annotations.NullMarked;
