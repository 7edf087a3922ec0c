package dev.cairn.crdt.view;

import java.util.Optional;

/** An immutable view of a register. */
public non-sealed interface RegisterView extends Node {
    /** Returns the value, if there is one: of concurrent assignments the one with the greatest (Lamport, actor). */
    Optional<Node> value();
}
