package dev.cairn.format.checkpoint;

import dev.cairn.format.Bytes;
import dev.cairn.format.file.EnvelopeHeader;

/**
 * A verified retirement list.
 *
 * @param header the file's header
 * @param digest the SHA-256 of the whole file, by which members acknowledge it
 * @param body what it says
 */
public record RetirementList(EnvelopeHeader header, Bytes digest, RetirementBody body) {}
