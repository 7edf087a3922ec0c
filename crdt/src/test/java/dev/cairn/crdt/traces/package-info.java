/** Real editing histories, replayed; see {@link dev.cairn.crdt.traces.TracesTest}. */
@NullMarked
package dev.cairn.crdt.traces;

import org.jspecify.annotations.NullMarked;
