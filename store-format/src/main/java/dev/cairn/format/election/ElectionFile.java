package dev.cairn.format.election;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;

/**
 * One verified election file.
 *
 * @param writer whose directory it belongs into
 * @param device the device that signed it
 * @param number its running number: of two files of one writer and kind the greater one counts
 * @param digest the SHA-256 of the whole file
 * @param paper what it says
 */
public record ElectionFile(WriterId writer, DeviceId device, long number, Bytes digest, Paper paper) {}
