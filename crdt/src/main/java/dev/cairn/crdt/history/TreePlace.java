package dev.cairn.crdt.history;

import dev.cairn.crdt.view.TreeNodeId;
import java.util.Optional;

/**
 * Where a node of a tree is at one version.
 *
 * @param parent the node above it; empty at the top
 * @param index its index among those beside it
 */
public record TreePlace(Optional<TreeNodeId> parent, int index) {}
