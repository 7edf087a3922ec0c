package dev.cairn.crdt.view;

import java.util.List;

/** An immutable view of a text. */
public non-sealed interface TextView extends Node {
    /** Returns the length in UTF-16 code units. */
    int length();

    /** Returns the text. */
    @Override
    String toString();

    /**
     * Returns the marks, each as long as it can be, by their starts and then by the UTF-8 bytes of their keys. Those
     * of one key do not overlap.
     */
    List<Mark> marks();

    /** Returns the text, split wherever the marks change; nothing for an empty one. */
    default List<TextRun> runs() {
        return TextRun.of(toString(), marks());
    }
}
