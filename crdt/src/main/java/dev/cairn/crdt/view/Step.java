package dev.cairn.crdt.view;

/** One step of a path into a document: a key of a map or an index of a list. */
public sealed interface Step {
    /** The entry under that key. */
    record Key(String key) implements Step {}

    /** The element at that index. */
    record Index(int index) implements Step {}

    /** Returns the step for a String (a key) or an Integer (an index). */
    static Step of(Object segment) {
        if (segment instanceof Step step) {
            return step;
        }
        if (segment instanceof Integer index) {
            return new Index(index);
        }
        if (segment instanceof String key) {
            return new Key(key);
        }
        throw new IllegalArgumentException("a path segment is a String or an Integer, found " + segment);
    }
}
