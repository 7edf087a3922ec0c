/**
 * The CRDT engine: all documents of one space as pure values and algorithms, without files, clocks or threads.
 *
 * <p>Start at {@link dev.cairn.crdt.DocumentSet}. Changes come in as {@link dev.cairn.crdt.ChangeRun}s in any order,
 * with duplicates; the set applies what is causally ready and buffers the rest. Local edits go through
 * {@link dev.cairn.crdt.edit.EditSession}; readers get immutable {@link dev.cairn.crdt.view.DocumentState}s.
 */
@NullMarked
package dev.cairn.crdt;

import org.jspecify.annotations.NullMarked;
