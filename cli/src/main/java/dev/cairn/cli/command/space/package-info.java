/**
 * Commands about a space and its members: make one, bring a device in, see who is there and how it goes.
 */
@NullMarked
package dev.cairn.cli.command.space;

import org.jspecify.annotations.NullMarked;
