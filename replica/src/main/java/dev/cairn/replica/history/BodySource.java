package dev.cairn.replica.history;

import dev.cairn.format.Bytes;
import dev.cairn.replica.store.image.ImageException;

/** The changes in the rows of an image. */
@FunctionalInterface
public interface BodySource {
    /** The changes of a row that was checked. */
    Bytes body(long no) throws ImageException;
}
