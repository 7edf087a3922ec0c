/**
 * Where hints come from: the JDK's watch service, the directory-watcher library, or nowhere, when a folder is polled.
 *
 * <p>Start at {@link dev.cairn.watcher.nio.ChangeSources}. The known defects of the two event sources are guarded here,
 * so that a source either says of itself that it is not {@linkplain dev.cairn.watcher.nio.ChangeSource#alive() alive}
 * or gives a hint for whatever happens in the folder.
 */
@NullMarked
package dev.cairn.watcher.nio;

import org.jspecify.annotations.NullMarked;
