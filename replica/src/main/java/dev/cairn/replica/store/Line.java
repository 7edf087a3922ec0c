package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;

/**
 * A writer's chain without branches: the writer's own, or one branch of a writer which has gone on in two ways.
 *
 * @param no the row number, from 1
 * @param writer the writer whose key signed it
 * @param device the writer's device
 * @param actor the 16 bytes by which the engine knows the changes of this line
 * @param parent the line it branches from; 0 for a writer's own
 * @param fork the last sequence number it shares with its parent; 0 for a writer's own
 */
public record Line(int no, WriterId writer, DeviceId device, Bytes actor, int parent, long fork) {}
