package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;

/**
 * Verified changes of a writer whose predecessors have not come, kept until they do.
 *
 * @param id the row number
 * @param writer the writer
 * @param device the writer's device
 * @param base where the run starts
 * @param last the place of its last change
 * @param body the encoded changes, each after its length
 */
public record WaitingRun(long id, WriterId writer, DeviceId device, ChainPoint base, ChainPoint last, Bytes body) {}
