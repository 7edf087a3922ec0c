package dev.cairn.crdt.view;

/**
 * A stretch of a text which carries a value under a key, such as {@code bold} or {@code link}.
 *
 * @param start the index of its first UTF-16 code unit
 * @param end the index behind its last
 * @param key what kind of mark it is
 * @param value its value, never {@link Value#NULL}
 */
public record Mark(int start, int end, String key, Value value) {}
