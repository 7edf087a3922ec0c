package dev.cairn.crdt.history;

import dev.cairn.crdt.view.TreeNodeId;

/**
 * A node of a tree which is somewhere else in one version than in another.
 *
 * @param id the node
 * @param from where it is in the first
 * @param to where it is in the second
 */
public record TreeMove(TreeNodeId id, TreePlace from, TreePlace to) {}
