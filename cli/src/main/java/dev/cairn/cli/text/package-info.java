/**
 * What changed between two versions of a text, as few insertions and deletions as possible, so that the edits of two
 * people who saved whole files still merge. Start at {@link dev.cairn.cli.text.TextDiff}.
 */
@NullMarked
package dev.cairn.cli.text;

import org.jspecify.annotations.NullMarked;
