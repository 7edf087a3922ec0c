/**
 * What a device keeps of the election for itself, in its state directory: {@link dev.cairn.election.local.MemoryFile}
 * what it must not forget, {@link dev.cairn.election.local.CommandBox} what other processes of the device ask for,
 * {@link dev.cairn.election.local.LeaderFile} who leads, for people, and {@link dev.cairn.election.local.DriverLock}
 * so that one process takes part at a time.
 */
@NullMarked
package dev.cairn.election.local;

import org.jspecify.annotations.NullMarked;
