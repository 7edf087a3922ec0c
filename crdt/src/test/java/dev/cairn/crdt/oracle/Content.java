package dev.cairn.crdt.oracle;

import dev.cairn.crdt.view.Value;

/** What stands at a spot or in a sequence. */
sealed interface Content {
    /** A scalar. */
    record Scalar(Value value) implements Content {}

    /** A container. */
    record Inner(ContainerId container) implements Content {}

    /** A character of a text. */
    record CodePoint(int value) implements Content {}

    /** A place in a movable list where that element stands or stood. */
    record Slot(OpId element) implements Content {}

    /** One end of a mark, which clings to what is left of it, or to what is right of it. */
    record Anchor(boolean clingsLeft) implements Content {}
}
