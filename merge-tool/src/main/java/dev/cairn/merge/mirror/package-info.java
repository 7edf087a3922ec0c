/**
 * A plain folder of text files and the documents of a space, kept equal.
 *
 * <p>Start at {@link dev.cairn.merge.mirror.Mirror}. {@link dev.cairn.merge.mirror.Course} is the idea: what a file and
 * its document were when they last agreed tells who has changed since. {@link dev.cairn.merge.mirror.Vault} is the
 * folder, in which every file is replaced in one step and only while it still says what was read;
 * {@link dev.cairn.merge.mirror.Memory} keeps what was agreed on, outside of both.
 */
@NullMarked
package dev.cairn.merge.mirror;

import org.jspecify.annotations.NullMarked;
