/**
 * Notes in the terminal: several people write in one note at once and see each other's lines appear.
 *
 * <p>Start at {@link dev.cairn.examples.notes.Notes}: a loop over typed commands, a listener that prints the open note
 * again when another device changed it, and {@link dev.cairn.examples.notes.Lines}, which turns "replace line 3" into
 * the smallest edit of a text.
 */
@NullMarked
package dev.cairn.examples.notes;

import org.jspecify.annotations.NullMarked;
