/**
 * {@code cairn demo}: several devices of one person, a sync tool between their folders, and authors who type.
 *
 * <p>{@link dev.cairn.cli.demo.Demo} is the play from the first device to the verdict. An {@code Author} types real
 * sentences on a {@code Player}'s device, a {@code SyncTool} carries the files, a {@code Screen} shows it, and the
 * {@code Verdict} counts whether every sentence is there exactly once.
 */
@NullMarked
package dev.cairn.cli.demo;

import org.jspecify.annotations.NullMarked;
