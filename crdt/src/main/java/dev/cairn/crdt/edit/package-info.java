/**
 * How a local change is made: a session, its editors and the finished change.
 *
 * <p>Start at {@link dev.cairn.crdt.edit.EditSession}.
 */
@NullMarked
package dev.cairn.crdt.edit;

import org.jspecify.annotations.NullMarked;
