package dev.cairn.crdt.view;

import java.util.List;

/** An immutable view of a list. */
public non-sealed interface ListView extends Node {
    /** Returns the elements. */
    List<Node> elements();

    /** Returns the number of elements. */
    default int size() {
        return elements().size();
    }

    /** Returns the element at the index. */
    default Node get(int index) {
        return elements().get(index);
    }
}
