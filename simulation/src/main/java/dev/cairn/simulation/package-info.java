/**
 * Many devices, a bad sync tool and wrong clocks, from one seed on one thread: for any application which lives in a
 * folder that another tool synchronises.
 *
 * <p>Start at {@link dev.cairn.simulation.SimulatedSync}: it joins folders of any file system as a sync tool would.
 * Time is {@link dev.cairn.simulation.time.VirtualTime}, the tool's habits are a {@link
 * dev.cairn.simulation.profile.SyncProfile}, what happened is in the {@link dev.cairn.simulation.Timeline}. Inside, a
 * {@code Tool} holds what all folders share; each {@code SyncedFolder} has a {@code Watch}, which notices what the
 * application did, and a {@code Receiver}, which carries out what others did; the {@code Exchange} carries the news
 * between them.
 *
 * <p>Folders may be real directories. Then the run is repeatable as far as the disk is: where a rule of the tool asks
 * for the time of a file, it is the real one.
 */
@NullMarked
package dev.cairn.simulation;

import org.jspecify.annotations.NullMarked;
