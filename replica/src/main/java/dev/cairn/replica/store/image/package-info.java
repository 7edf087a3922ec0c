/**
 * The SQLite image of a checkpoint: written from the local store, and read as what it is, hostile input.
 *
 * <p>Start at {@link dev.cairn.replica.store.image.ImageReader}. The tables are a contract (SPEC section "The image").
 * {@link dev.cairn.replica.store.image.ImageWriter} makes an image from one read transaction of the local store; the
 * reader goes through it row by row, checks everything that can be checked without keys, and hands out values.
 */
@NullMarked
package dev.cairn.replica.store.image;

import org.jspecify.annotations.NullMarked;
