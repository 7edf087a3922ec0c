/**
 * What a reader sees of a document: immutable views, conflicts, and the hash of both.
 *
 * <p>Start at {@link dev.cairn.crdt.state.ShownDocument}.
 *
 * <p><b>Views.</b> The containers know what they showed last and forget it when they are edited. So a new state costs
 * what has changed since the one before: an entry of a large map, a part of a long list; all else is shared.
 *
 * <p><b>Conflicts.</b> Whatever may make a conflict suspects the way from the root to it. A search goes down suspected
 * places only, and suspects again those where it found some. A conflict is several assignments of one key, or edits
 * that nobody knew of who removed what is around them.
 *
 * <p>Nothing here changes a document, but for what its containers note of having been shown and searched.
 */
@NullMarked
package dev.cairn.crdt.state;

import org.jspecify.annotations.NullMarked;
