package dev.cairn.format.checkpoint;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;

/**
 * One part of a checkpoint's image.
 *
 * @param file the SHA-256 of the part's file, 32 bytes
 * @param size the bytes of the image in it
 * @param content the SHA-256 of these bytes: an unchanged part keeps its file
 */
public record PartRef(Bytes file, int size, Bytes content) {
    static final int DIGEST_SIZE = 32;

    /** Checks the ranges. */
    public PartRef {
        if (file.size() != DIGEST_SIZE || content.size() != DIGEST_SIZE) {
            throw new IllegalArgumentException("digests of a part with " + file.size() + " and " + content.size());
        }
        if (size < 1 || size > Limits.PART_BYTES) {
            throw new IllegalArgumentException("a part of " + size + " bytes");
        }
    }
}
