package dev.cairn.crdt.view;

import java.util.List;
import java.util.Optional;

/**
 * An immutable view of a tree: nodes below one another, each with a map.
 *
 * <p>Methods which take a node throw IllegalArgumentException if it is not in the tree.
 */
public non-sealed interface TreeView extends Node {
    /** Returns the nodes at the top, in their order. */
    List<TreeNodeId> roots();

    /** Returns the nodes directly below that one, in their order. */
    List<TreeNodeId> children(TreeNodeId node);

    /** Returns the node above that one; empty for a node at the top. */
    Optional<TreeNodeId> parent(TreeNodeId node);

    /** Returns the map of that node. */
    MapView data(TreeNodeId node);

    /** Tells whether a node is in the tree. */
    boolean contains(TreeNodeId node);

    /** Returns all nodes, depth-first: each before those below it. */
    List<TreeNodeId> nodes();

    /** Returns how many nodes there are. */
    default int size() {
        return nodes().size();
    }

    /** Leads a walker through all nodes, depth-first; the depth of the tree does not matter. */
    void walk(Walker walker);

    /** Is led through the nodes of a tree. */
    interface Walker {
        /** Comes to a node with that many nodes directly below it, which follow before it is left. */
        void enter(TreeNodeId node, MapView data, int children);

        /** Leaves a node. */
        void leave(TreeNodeId node);
    }
}
