package dev.cairn.election.protocol;

import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;

/**
 * Who takes part, and how.
 *
 * @param writer this device's writer
 * @param device this device
 * @param mode how leaders are found
 * @param timers how long things take
 */
public record Member(WriterId writer, DeviceId device, Mode mode, Timers timers) {}
