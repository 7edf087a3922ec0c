/**
 * An annotated dump of any Cairn file, byte for byte as SPEC lays it out. Start at
 * {@link dev.cairn.cli.inspect.Inspection}.
 */
@NullMarked
package dev.cairn.cli.inspect;

import org.jspecify.annotations.NullMarked;
