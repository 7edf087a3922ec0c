/**
 * One device's live copy of a space: commit, read, refresh, listen.
 *
 * <p>Start at {@link dev.cairn.replica.Space}. A space is created or joined once per device, and opened ever after; a
 * {@linkplain dev.cairn.replica.Space#commit(java.util.function.Consumer) commit} is durable in the device's own store
 * before it returns, is written into the folder by the cadence of the device's
 * {@linkplain dev.cairn.replica.Profile profile}, and reaches the other devices whenever the folder's own sync tool
 * carries it there. {@link dev.cairn.replica.Space#refresh()} takes in what others wrote. Nothing in this package runs
 * a thread: {@code dev.cairn.watcher} calls {@code refresh} and {@code duties} at the right times, or the caller does.
 */
@NullMarked
package dev.cairn.replica;

import org.jspecify.annotations.NullMarked;
