/**
 * The stored form of a run of changes: what the changes have in common stands beside each other in columns (SPEC
 * section "Columns").
 *
 * <p>Start at {@link dev.cairn.format.columns.RunCodec}. It turns the bytes of changes, over which the chain and so the
 * signature go, into columns and back into exactly these bytes. What a column holds is listed in {@link
 * dev.cairn.format.columns.Column}; where the fields of an operation begin and end is a table, {@link
 * dev.cairn.format.columns.Field}, and all that this module knows of operations. A change whose operations do not
 * follow the table is kept as it is: whether it means something is for the documents' engine to say.
 *
 * <p>One run has one stored form. A reader refuses every other, so that equal changes are equal bytes.
 */
@NullMarked
package dev.cairn.format.columns;

import org.jspecify.annotations.NullMarked;
