/**
 * The commands, one class each. {@link dev.cairn.cli.command.CairnCommand} is the root with what all of them share;
 * {@link dev.cairn.cli.command.Commands} is the list.
 */
@NullMarked
package dev.cairn.cli.command;

import org.jspecify.annotations.NullMarked;
