package dev.cairn.replica.store;

import dev.cairn.format.Bytes;

/**
 * A place in a writer's chain: everything that the next change is relative to.
 *
 * @param seq the sequence number of the change here; 0 before the first
 * @param chain its chain hash, 32 bytes
 * @param lamport its logical time; 0 before the first
 * @param timeMillis its wall time in milliseconds since 1970; 0 before the first
 */
public record ChainPoint(long seq, Bytes chain, long lamport, long timeMillis) {}
