/**
 * Every pair of concurrent operations of every type, with what comes of it.
 *
 * <p>Start at {@link dev.cairn.crdt.pairs.PairVectors}. {@link dev.cairn.crdt.pairs.Catalog} names the operations, the
 * engine makes their changes, and the committed vectors and tables are what both the engine and its slow twin must say.
 */
@NullMarked
package dev.cairn.crdt.pairs;

import org.jspecify.annotations.NullMarked;
