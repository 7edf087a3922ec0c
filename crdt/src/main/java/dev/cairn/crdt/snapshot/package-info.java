/**
 * The state of a document without its history, as checkpoints carry it.
 *
 * <p>Start at {@link dev.cairn.crdt.snapshot.SnapshotWriter}, whose comment has the layout;
 * {@link dev.cairn.crdt.snapshot.SnapshotReader} takes every byte for the work of a stranger. Equal states give equal
 * bytes.
 *
 * <p>A snapshot has what a reader sees and what later changes need to find: names of containers, elements, nodes and
 * marks, the assignments nothing has superseded, and the lost edits. What was deleted is not in it.
 */
@NullMarked
package dev.cairn.crdt.snapshot;

import org.jspecify.annotations.NullMarked;
