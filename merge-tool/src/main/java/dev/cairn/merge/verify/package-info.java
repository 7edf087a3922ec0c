/**
 * The check of a folder, or of a copy of one: is everything there, whole and true?
 *
 * <p>Start at {@link dev.cairn.merge.verify.Verification}. {@code FileCheck} looks at one file after another on several
 * threads; {@code ChainCheck} and {@code CheckpointCheck} then look at what the files say together. Nothing is changed,
 * and nothing is taken in. With keys everything is checked; without, what can be told from outside.
 */
@NullMarked
package dev.cairn.merge.verify;

import org.jspecify.annotations.NullMarked;
