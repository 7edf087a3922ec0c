/**
 * Commands which show and try Cairn without a folder of the user: the demo and simulated fleets.
 */
@NullMarked
package dev.cairn.cli.command.rehearsal;

import org.jspecify.annotations.NullMarked;
