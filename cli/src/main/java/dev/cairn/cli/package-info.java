/**
 * The {@code cairn} command. {@link dev.cairn.cli.Main} is the process, {@link dev.cairn.cli.Cairn} one command line
 * from words to exit status; the commands are in {@code dev.cairn.cli.command}, what they share of the terminal in
 * {@code dev.cairn.cli.shell}.
 */
@NullMarked
package dev.cairn.cli;

import org.jspecify.annotations.NullMarked;
