/**
 * The history of a space in words: versions as people write them, changes, differences, authors and conflicts as lines
 * for people and as plain values for programs. Start at {@link dev.cairn.cli.history.Versions}.
 */
@NullMarked
package dev.cairn.cli.history;

import org.jspecify.annotations.NullMarked;
