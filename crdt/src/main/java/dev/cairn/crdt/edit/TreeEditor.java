package dev.cairn.crdt.edit;

import dev.cairn.crdt.view.TreeNodeId;
import java.util.List;
import java.util.Optional;

/**
 * The editor of a tree: nodes below one another, each with a map.
 *
 * <p>A node keeps its name and its map wherever it goes, also when it is taken out and put back. Methods which take a
 * node throw IllegalArgumentException if this tree has none of that name, and all but {@code move} and {@code contains}
 * if it is out.
 */
public interface TreeEditor {
    /** Makes a node at the top, before the one with that index, and returns its name. */
    TreeNodeId add(int index);

    /** Makes a node below another, before the one with that index, and returns its name. */
    TreeNodeId add(TreeNodeId parent, int index);

    /** Makes a node at the end of the top and returns its name. */
    default TreeNodeId add() {
        return add(rootCount());
    }

    /** Makes a node below another, behind those that are there, and returns its name. */
    default TreeNodeId add(TreeNodeId parent) {
        return add(parent, childCount(parent));
    }

    /** Returns the editor of a node's map. */
    MapEditor data(TreeNodeId node);

    /**
     * Moves a node with all below it to the top, before the one with that index; the node itself is not counted. Brings
     * back a node that is out.
     */
    TreeEditor move(TreeNodeId node, int index);

    /**
     * Moves a node with all below it below another, before the one with that index; the node itself is not counted.
     * Brings back a node that is out.
     *
     * @throws IllegalArgumentException if the other node is below the node, or the same
     */
    TreeEditor move(TreeNodeId node, TreeNodeId parent, int index);

    /** Takes a node out with all below it; does nothing if it is out. */
    TreeEditor remove(TreeNodeId node);

    /** Tells whether a node is in the tree now. */
    boolean contains(TreeNodeId node);

    /** Returns the nodes at the top, in their order. */
    List<TreeNodeId> roots();

    /** Returns the nodes directly below that one, in their order. */
    List<TreeNodeId> children(TreeNodeId node);

    /** Returns how many nodes are at the top. */
    int rootCount();

    /** Returns how many nodes are directly below that one. */
    int childCount(TreeNodeId node);

    /** Returns the node above that one; empty for a node at the top. */
    Optional<TreeNodeId> parent(TreeNodeId node);

    /** Returns the index of a node among those beside it. */
    int indexOf(TreeNodeId node);
}
