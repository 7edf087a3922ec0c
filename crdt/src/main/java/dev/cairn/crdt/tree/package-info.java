/**
 * The movable tree: nodes below one another, whatever moves are made at the same time (SPEC 12.8).
 *
 * <p>Start at {@link dev.cairn.crdt.tree.MoveTree}. Everything here counts in ints: nodes, moves and places of position
 * keys; what a node holds and what it is called is the business of the document around it.
 */
@NullMarked
package dev.cairn.crdt.tree;

import org.jspecify.annotations.NullMarked;
