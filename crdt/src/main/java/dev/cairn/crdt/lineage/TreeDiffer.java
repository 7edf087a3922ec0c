package dev.cairn.crdt.lineage;

import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.TreeMove;
import dev.cairn.crdt.history.TreeNode;
import dev.cairn.crdt.history.TreePlace;
import dev.cairn.crdt.tree.TreeShape;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds what differs between two projections of one tree. */
final class TreeDiffer {
    private final Projection before;
    private final Projection after;
    private final Function<MapContainer, Difference.OfMap> maps;

    /**
     * Prepares.
     *
     * @param maps gives what differs in the map of a node
     */
    TreeDiffer(Projection before, Projection after, Function<MapContainer, Difference.OfMap> maps) {
        this.before = before;
        this.after = after;
        this.maps = maps;
    }

    /** Where the nodes of a tree are at one version; -1 stands for the top, and for the index of what is not there. */
    private static final class Layout {
        private final TreeShape shape;
        private final int[] parents;
        private final int[] indexes;

        Layout(TreeShape shape, int nodes) {
            this.shape = shape;
            this.parents = new int[nodes];
            this.indexes = new int[nodes];
            Arrays.fill(indexes, -1);
            int[] children = new int[nodes + 1];
            for (int i = 0; i < shape.size(); i++) {
                int parent = shape.parent(i) < 0 ? -1 : shape.node(shape.parent(i));
                parents[shape.node(i)] = parent;
                indexes[shape.node(i)] = children[parent + 1]++;
            }
        }

        boolean has(int node) {
            return indexes[node] >= 0;
        }
    }

    Difference of(TreeContainer tree) {
        int size = tree.moves().size();
        Layout first = new Layout(before.tree(tree).shape(), size);
        Layout second = new Layout(after.tree(tree).shape(), size);
        boolean[] stays = staying(first, second, size);
        List<TreeNode> removed = new ArrayList<>();
        for (int i = 0; i < first.shape.size(); i++) {
            int node = first.shape.node(i);
            if (!second.has(node)) {
                removed.add(new TreeNode(tree.id(node), place(tree, first, node), before.data(tree, node)));
            }
        }
        List<TreeNode> added = new ArrayList<>();
        List<TreeMove> moved = new ArrayList<>();
        Map<TreeNodeId, Difference.OfMap> inside = new LinkedHashMap<>();
        for (int i = 0; i < second.shape.size(); i++) {
            int node = second.shape.node(i);
            if (!first.has(node)) {
                added.add(new TreeNode(tree.id(node), place(tree, second, node), after.data(tree, node)));
                continue;
            }
            if (!stays[node]) {
                moved.add(new TreeMove(tree.id(node), place(tree, first, node), place(tree, second, node)));
            }
            MapContainer map = tree.map(node);
            Difference.OfMap difference = map == null ? null : maps.apply(map);
            if (difference != null && !difference.isEmpty()) {
                inside.put(tree.id(node), difference);
            }
        }
        return new Difference.OfTree(removed, added, moved, inside);
    }

    private static TreePlace place(TreeContainer tree, Layout layout, int node) {
        int parent = layout.parents[node];
        return new TreePlace(parent < 0 ? Optional.empty() : Optional.of(tree.id(parent)), layout.indexes[node]);
    }

    /** Tells which nodes stay where they are, in the order they have among those that do. */
    private static boolean[] staying(Layout first, Layout second, int size) {
        Map<Integer, List<Integer>> children = new LinkedHashMap<>();
        for (int i = 0; i < second.shape.size(); i++) {
            int node = second.shape.node(i);
            if (first.has(node) && first.parents[node] == second.parents[node]) {
                children.computeIfAbsent(second.parents[node], any -> new ArrayList<>())
                        .add(node);
            }
        }
        boolean[] stays = new boolean[size];
        for (List<Integer> siblings : children.values()) {
            boolean[] kept = Increasing.longest(
                    siblings.stream().mapToInt(node -> first.indexes[node]).toArray());
            for (int i = 0; i < kept.length; i++) {
                stays[siblings.get(i)] = kept[i];
            }
        }
        return stays;
    }
}
