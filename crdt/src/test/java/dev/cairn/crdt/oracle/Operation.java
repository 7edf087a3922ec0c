package dev.cairn.crdt.oracle;

import dev.cairn.crdt.view.Value;
import java.util.Optional;

/** What a user's edit became, with everything it refers to named by id. */
sealed interface Operation {
    OpId id();

    /** Returns the container it edits. */
    ContainerId container();

    /** A map entry or a register gets a value. */
    record Assign(OpId id, ContainerId container, String key, Content content) implements Operation {}

    /** A map entry is removed, or a register emptied. */
    record Remove(OpId id, ContainerId container, String key) implements Operation {}

    /** One character or element of a list appears. */
    record Insert(OpId id, ContainerId container, FugueTree.Place place, Content content) implements Operation {}

    /** One character or element, of a movable list too, disappears. */
    record Delete(OpId id, ContainerId container, OpId target) implements Operation {}

    /** A counter grows. */
    record Add(OpId id, ContainerId container, long delta) implements Operation {}

    /** One element of a movable list appears. */
    record InsertElement(OpId id, ContainerId container, FugueTree.Place place, Content content) implements Operation {}

    /** An element of a movable list leaves one slot for another. */
    record Move(OpId id, ContainerId container, OpId slot, OpId element, FugueTree.Place place) implements Operation {}

    /** An element of a movable list gets a value. */
    record SetElement(OpId id, ContainerId container, OpId element, Content content) implements Operation {}

    /** Characters get a value under a key; the second anchor has the next id. */
    record Mark(
            OpId id,
            ContainerId container,
            String key,
            Value value,
            Content.Anchor first,
            FugueTree.Place start,
            Content.Anchor second,
            FugueTree.Place end)
            implements Operation {}

    /**
     * A node goes somewhere.
     *
     * @param node the node, named by the operation which made it
     * @param above the node above, or none at the top
     * @param position where among its siblings
     */
    record PlaceNode(OpId id, ContainerId container, OpId node, Optional<OpId> above, PositionKey position)
            implements Operation {}

    /** A node is taken out. */
    record DropNode(OpId id, ContainerId container, OpId node) implements Operation {}

    /** What was lost inside a deleted element of a list is dismissed. */
    record Dismiss(OpId id, ContainerId container, OpId element) implements Operation {}
}
