package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;

/**
 * The head with the greatest counter ever seen of a writer.
 *
 * @param writer the writer
 * @param counter its counter
 * @param lastSeq the last change it announces
 * @param lastChain the chain hash of that change
 * @param timeMillis its author's clock
 * @param deviceName the name its device gives itself
 * @param seen what the writer had in its own store: per writer 16 bytes, 8 bytes of sequence number, 8 bytes of chain
 */
public record KnownHead(
        WriterId writer, long counter, long lastSeq, Bytes lastChain, long timeMillis, String deviceName, Bytes seen) {}
