/**
 * The slow, obvious twin of the engine, written from the specification, and the tests which hold the two together.
 *
 * <p>Start at {@link dev.cairn.crdt.oracle.Oracle}. It keeps every character with an explicit id, every change with an
 * explicit vector clock, and shares no code with the engine: a {@link dev.cairn.crdt.oracle.Decoder} of its own reads
 * the bytes of changes, and an {@link dev.cairn.crdt.oracle.Interpreter} says what they mean. A
 * {@link dev.cairn.crdt.oracle.Fleet} lets several devices edit, each with an engine and an oracle side by side, and
 * compares the two after every step.
 */
@NullMarked
package dev.cairn.crdt.oracle;

import org.jspecify.annotations.NullMarked;
