package dev.cairn.merge.mirror;

import java.nio.file.attribute.BasicFileAttributes;

/**
 * By which a file is taken to be unchanged without reading it.
 *
 * @param size its bytes
 * @param modifiedMillis when it was changed, by the file system's clock
 */
record Stamp(long size, long modifiedMillis) {
    /** Of a file that was changed so shortly before, a second change might not show. */
    private static final long COARSE_MILLIS = 2_500;

    /** A file which has to be read. */
    static final Stamp NONE = new Stamp(-1, 0);

    static Stamp of(BasicFileAttributes attributes) {
        return new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis());
    }

    /** The stamp to be remembered of a file that was listed with this one at that time. */
    Stamp settled(long nowMillis) {
        return nowMillis - modifiedMillis > COARSE_MILLIS ? this : NONE;
    }
}
