/**
 * What can become documents: files in a directory, and databases which an export wrote.
 *
 * <p>Start at {@link dev.cairn.merge.importing.FileSource} and {@link dev.cairn.merge.importing.ExportSource}. Both
 * hand out one document after another, so that a source may be larger than memory; what cannot become a document is
 * handed out with the reason. Links are not followed, and nothing in the source is changed.
 */
@NullMarked
package dev.cairn.merge.importing;

import org.jspecify.annotations.NullMarked;
