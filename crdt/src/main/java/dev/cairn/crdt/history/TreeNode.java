package dev.cairn.crdt.history;

import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.TreeNodeId;

/**
 * A node of a tree which only one of two versions has.
 *
 * @param id the node
 * @param place where it is
 * @param data its map
 */
public record TreeNode(TreeNodeId id, TreePlace place, MapView data) {}
