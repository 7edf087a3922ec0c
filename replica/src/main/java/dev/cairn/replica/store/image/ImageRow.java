package dev.cairn.replica.store.image;

import dev.cairn.format.ChainPoint;

/**
 * A run in an image, without its changes.
 *
 * @param no the number of the row
 * @param line whose changes these are
 * @param base the point before the first of them
 * @param last the point after the last of them
 */
public record ImageRow(long no, ImageLine line, ChainPoint base, ChainPoint last) {}
