package dev.cairn.format.log;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.file.EnvelopeHeader;

/**
 * A verified segment: consecutive changes of one writer, signed by its device.
 *
 * @param header the file's header; its ordinal is the number of the segment file
 * @param digest the SHA-256 of the whole file
 * @param device who signed
 * @param changes the changes, at least one
 * @param end the device's signature over the end of the changes
 */
public record Segment(EnvelopeHeader header, Bytes digest, DeviceId device, ChangeRun changes, SignedEnd end) {}
