/**
 * Commands which stay: they follow a folder, take part in the election of a leader, and do what a leader does.
 */
@NullMarked
package dev.cairn.cli.command.live;

import org.jspecify.annotations.NullMarked;
