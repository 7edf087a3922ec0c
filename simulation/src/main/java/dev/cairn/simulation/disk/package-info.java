/**
 * Disks for simulated devices, in memory: start at {@link dev.cairn.simulation.disk.SimulatedDisks}.
 */
@NullMarked
package dev.cairn.simulation.disk;

import org.jspecify.annotations.NullMarked;
