/**
 * The one time of a simulated world, and the wrong clocks of its devices.
 *
 * <p>Start at {@link dev.cairn.simulation.time.VirtualTime}: an agenda of events on one thread. A
 * {@link dev.cairn.simulation.time.VirtualClock} is what one device believes the time to be.
 */
@NullMarked
package dev.cairn.simulation.time;

import org.jspecify.annotations.NullMarked;
