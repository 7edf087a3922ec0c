/**
 * Texts and lists: the order of concurrent insertions, and the live content.
 *
 * <p>Start at {@link dev.cairn.crdt.sequence.Sequence}. The method is eg-walker (Gentle and Kleppmann, "Collaborative
 * Text Editing with Eg-walker", EuroSys 2025): operations are kept as they were made, and only a concurrent stretch of
 * history is replayed through a temporary tree of items. The order is Fugue (Weidner and Kleppmann, 2023). Marks of a
 * rich text are anchors, units of the same order which are no characters.
 */
@NullMarked
package dev.cairn.crdt.sequence;

import org.jspecify.annotations.NullMarked;
