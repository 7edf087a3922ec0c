package dev.cairn.crdt.oracle;

import dev.cairn.crdt.view.Value;

/** What stands under a key or in a list, or one character of a text. */
sealed interface Content {
    /** A scalar. */
    record Scalar(Value value) implements Content {}

    /** A container. */
    record Inner(ContainerId container) implements Content {}

    /** A character of a text. */
    record CodePoint(int value) implements Content {}
}
