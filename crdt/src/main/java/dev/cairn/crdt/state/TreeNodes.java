package dev.cairn.crdt.state;

import dev.cairn.crdt.tree.TreeShape;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The view of a tree: its nodes depth-first, found by their names once somebody looks for one. */
public final class TreeNodes implements TreeView {
    private final TreeShape shape;
    private final List<TreeNodeId> nodes;
    private final List<MapView> data;
    private volatile @Nullable Map<TreeNodeId, Integer> indexes;

    /** Shows nodes in the order of their shape, with their names and their data. */
    public TreeNodes(TreeShape shape, List<TreeNodeId> nodes, List<MapView> data) {
        this.shape = shape;
        this.nodes = nodes;
        this.data = data;
    }

    private Map<TreeNodeId, Integer> indexes() {
        Map<TreeNodeId, Integer> known = indexes;
        if (known == null) {
            known = new HashMap<>(nodes.size() * 2);
            for (int i = 0; i < nodes.size(); i++) {
                known.put(nodes.get(i), i);
            }
            indexes = known;
        }
        return known;
    }

    private int index(TreeNodeId node) {
        Integer index = indexes().get(node);
        if (index == null) {
            throw new IllegalArgumentException("node " + node + " is not in this tree");
        }
        return index;
    }

    private List<TreeNodeId> between(int from, int to) {
        List<TreeNodeId> found = new ArrayList<>();
        for (int i = from; i < to; i = shape.end(i)) {
            found.add(nodes.get(i));
        }
        return List.copyOf(found);
    }

    @Override
    public List<TreeNodeId> roots() {
        return between(0, nodes.size());
    }

    @Override
    public List<TreeNodeId> children(TreeNodeId node) {
        int index = index(node);
        return between(index + 1, shape.end(index));
    }

    @Override
    public Optional<TreeNodeId> parent(TreeNodeId node) {
        int parent = shape.parent(index(node));
        return parent < 0 ? Optional.empty() : Optional.of(nodes.get(parent));
    }

    @Override
    public MapView data(TreeNodeId node) {
        return data.get(index(node));
    }

    @Override
    public boolean contains(TreeNodeId node) {
        return indexes().containsKey(node);
    }

    @Override
    public List<TreeNodeId> nodes() {
        return nodes;
    }

    @Override
    public void walk(Walker walker) {
        int[] children = new int[nodes.size()];
        for (int i = 0; i < children.length; i++) {
            if (shape.parent(i) >= 0) {
                children[shape.parent(i)]++;
            }
        }
        int open = -1;
        for (int i = 0; i < children.length; i++) {
            open = leave(walker, open, shape.parent(i));
            walker.enter(nodes.get(i), data.get(i), children[i]);
            open = i;
        }
        leave(walker, open, -1);
    }

    private int leave(Walker walker, int from, int to) {
        int open = from;
        while (open != to) {
            walker.leave(nodes.get(open));
            open = shape.parent(open);
        }
        return open;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TreeNodes tree
                && nodes.equals(tree.nodes)
                && data.equals(tree.data)
                && shape.isLike(tree.shape);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return "a tree of " + nodes.size() + " nodes";
    }
}
