/**
 * A whole fleet from one seed: devices with disks, clocks and processes that die, a sync tool between them, users who
 * act, and everything that can happen to them.
 *
 * <p>Start at {@link dev.cairn.simulation.fleet.Simulation}. An application takes part as a {@link
 * dev.cairn.simulation.fleet.SimulatedApp}. A run is a list of {@link dev.cairn.simulation.fleet.Step}s, which a seed
 * makes, or a test; a {@link dev.cairn.simulation.fleet.Happening} is what a step does. Inside, a {@code Machine} is
 * one device, {@code DiskTrouble} what its disk refuses, {@code Mischief} what happens to files and folders.
 */
@NullMarked
package dev.cairn.simulation.fleet;

import org.jspecify.annotations.NullMarked;
