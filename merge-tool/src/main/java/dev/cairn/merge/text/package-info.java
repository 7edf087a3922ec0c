/**
 * Three-way merges of ordinary text, for people who have two versions of a file and want one.
 *
 * <p>Start at {@link dev.cairn.merge.text.TextMerge}. A file is decoded into lines and a style (encoding, byte order
 * mark, line ends) by {@link dev.cairn.merge.text.TextFile}; the lines are merged by {@code ThreeWay}, which looks
 * inside conflicting regions word by word where that is safe; and the result wears the style of the file it replaces.
 * Every rule is symmetric: two devices that merge the same versions with exchanged roles get the same lines.
 */
@NullMarked
package dev.cairn.merge.text;

import org.jspecify.annotations.NullMarked;
