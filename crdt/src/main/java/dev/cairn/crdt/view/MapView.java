package dev.cairn.crdt.view;

import java.util.Optional;
import java.util.SortedMap;

/** An immutable view of a map. */
public non-sealed interface MapView extends Node {
    /** Returns what is under the key: of concurrent assignments the one with the greatest (Lamport, actor). */
    Optional<Node> get(String key);

    /** Returns all entries, keys in the order of their UTF-8 bytes. */
    SortedMap<String, Node> entries();
}
