/**
 * The annotated dump of any Cairn file, for people who want to see what is in it. Start at
 * {@link dev.cairn.format.inspect.Inspection}.
 */
@NullMarked
package dev.cairn.format.inspect;

import org.jspecify.annotations.NullMarked;
