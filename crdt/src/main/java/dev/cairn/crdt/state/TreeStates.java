package dev.cairn.crdt.state;

import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.immutable.KeyTree;
import dev.cairn.crdt.tree.TreeShape;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import java.util.List;

/** Builds the views of trees. */
final class TreeStates {
    private static final MapView EMPTY = new Views.MapNode(new KeyTree.Builder<Node>(0).build());

    private final StateBuilder states;

    TreeStates(StateBuilder states) {
        this.states = states;
    }

    TreeView view(TreeContainer tree) {
        TreeShape shape = tree.moves().shape();
        TreeNodeId[] ids = new TreeNodeId[shape.size()];
        MapView[] data = new MapView[shape.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tree.id(shape.node(i));
            MapContainer map = tree.map(shape.node(i));
            data[i] = map == null ? EMPTY : (MapView) states.node(map);
        }
        return new TreeNodes(shape, List.of(ids), List.of(data));
    }
}
