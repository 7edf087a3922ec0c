/**
 * Disks for simulated devices, in memory: start at {@link dev.cairn.simulation.disk.SimulatedDisks}.
 *
 * <p>The disks are those of Jimfs. A {@code FaultyFileSystem} with its {@code WrappedPath} and {@code WrappedProvider}
 * stands before one where it is too kind: every operation of an application goes through the provider, which is the
 * place for whatever else a disk may do to it.
 */
@NullMarked
package dev.cairn.simulation.disk;

import org.jspecify.annotations.NullMarked;
