/**
 * What a reader sees of a document: immutable values, container views and conflicts.
 *
 * <p>Start at {@link dev.cairn.crdt.view.DocumentState}. Everything here is safe to read from any thread while the
 * set of documents goes on changing.
 */
@NullMarked
package dev.cairn.crdt.view;

import org.jspecify.annotations.NullMarked;
