/**
 * The commands, one class each, by what they are about. {@link dev.cairn.cli.command.CairnCommand} is the root with
 * what all of them share; {@code dev.cairn.cli.Commands} is the list.
 */
@NullMarked
package dev.cairn.cli.command;

import org.jspecify.annotations.NullMarked;
