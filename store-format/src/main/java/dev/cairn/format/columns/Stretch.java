package dev.cairn.format.columns;

/**
 * A part of the stored form of a run: what stands in front of the columns, or one of them.
 *
 * @param name the name of the column in lower case, or {@code layout}
 * @param offset where it begins
 * @param length how many bytes it has
 */
public record Stretch(String name, int offset, int length) {}
