/**
 * Local edits of one document: each is applied at once, and written down in the encoding of operations.
 *
 * <p>Start at {@link dev.cairn.crdt.editing.Editing}. The editors here are the ones of the package {@code edit}; they
 * find the place, check what an application gave them, and hand the edit to {@code Editing}, which leads the encoding
 * there and changes the document. Conflicts are resolved by such edits too: by assigning one side again, or by making
 * again what was lost.
 */
@NullMarked
package dev.cairn.crdt.editing;

import org.jspecify.annotations.NullMarked;
