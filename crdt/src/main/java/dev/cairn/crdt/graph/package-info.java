/**
 * The event graph: which change was made by whom, and which changes its author had seen.
 *
 * <p>Start at {@link dev.cairn.crdt.graph.EventGraph}. Inside the process a change is a dense number, its local version
 * ("lv"), given in the order of integration; parents always have smaller numbers.
 */
@NullMarked
package dev.cairn.crdt.graph;

import org.jspecify.annotations.NullMarked;
