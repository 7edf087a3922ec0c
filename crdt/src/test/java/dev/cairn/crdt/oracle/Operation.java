package dev.cairn.crdt.oracle;

import org.jspecify.annotations.Nullable;

/** What a user's edit became, with everything it refers to named by id. */
sealed interface Operation {
    OpId id();

    /** Returns the container it edits. */
    ContainerId container();

    /** A map entry gets a value. */
    record Assign(OpId id, ContainerId container, String key, Content content) implements Operation {}

    /** A map entry is removed. */
    record Remove(OpId id, ContainerId container, String key) implements Operation {}

    /**
     * One character or element appears.
     *
     * @param left the visible one before it, null at the start
     * @param right the next existing one if it has the same left origin, else null
     */
    record Insert(
            OpId id,
            ContainerId container,
            @Nullable OpId left,
            @Nullable OpId right,
            Content content) implements Operation {}

    /** One character or element disappears. */
    record Delete(OpId id, ContainerId container, OpId target) implements Operation {}

    /** A counter grows. */
    record Add(OpId id, ContainerId container, long delta) implements Operation {}
}
