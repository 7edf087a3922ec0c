/**
 * Commands about the past, and about what concurrent edits disagreed on; {@link dev.cairn.cli.history} has the words.
 */
@NullMarked
package dev.cairn.cli.command.history;

import org.jspecify.annotations.NullMarked;
