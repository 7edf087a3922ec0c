package dev.cairn.crdt.view;

/** An immutable view of a text. */
public non-sealed interface TextView extends Node {
    /** Returns the length in UTF-16 code units. */
    int length();

    /** Returns the text. */
    @Override
    String toString();
}
