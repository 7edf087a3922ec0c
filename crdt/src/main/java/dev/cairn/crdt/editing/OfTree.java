package dev.cairn.crdt.editing;

import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.tree.MoveTree;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The editor of a tree. */
public record OfTree(Editing editing, TreeContainer tree) implements TreeEditor {
    @Override
    public TreeNodeId add(int index) {
        return tree.id(new TreeEditing(editing, tree).add(MoveTree.TOP, index));
    }

    @Override
    public TreeNodeId add(TreeNodeId parent, int index) {
        return tree.id(new TreeEditing(editing, tree).add(inside(parent), index));
    }

    @Override
    public MapEditor data(TreeNodeId node) {
        return Editors.map(editing, editing.document().trees().map(tree, inside(node)));
    }

    @Override
    public TreeEditor move(TreeNodeId node, int index) {
        new TreeEditing(editing, tree).move(node(node), MoveTree.TOP, index);
        return this;
    }

    @Override
    public TreeEditor move(TreeNodeId node, TreeNodeId parent, int index) {
        int moved = node(node);
        int target = inside(parent);
        if (tree.moves().isAbove(moved, target)) {
            throw new IllegalArgumentException("node " + node + " can not be below itself, nor below " + parent);
        }
        new TreeEditing(editing, tree).move(moved, target, index);
        return this;
    }

    @Override
    public TreeEditor remove(TreeNodeId node) {
        new TreeEditing(editing, tree).remove(node(node));
        return this;
    }

    /** Returns the number of a node, which may be out. */
    private int node(TreeNodeId id) {
        int node = editing.document().trees().find(tree, id);
        if (node < 0) {
            throw new IllegalArgumentException("node " + id + " was never in this tree");
        }
        return node;
    }

    private int inside(TreeNodeId id) {
        int node = node(id);
        if (!tree.moves().isIn(node)) {
            throw new IllegalArgumentException("node " + id + " is not in this tree now");
        }
        return node;
    }

    @Override
    public boolean contains(TreeNodeId id) {
        int node = editing.document().trees().find(tree, id);
        return node >= 0 && tree.moves().isIn(node);
    }

    @Override
    public List<TreeNodeId> roots() {
        return at(MoveTree.TOP);
    }

    @Override
    public List<TreeNodeId> children(TreeNodeId node) {
        return at(inside(node));
    }

    private List<TreeNodeId> at(int parent) {
        List<TreeNodeId> children = new ArrayList<>();
        for (int node : tree.moves().childrenOf(parent)) {
            children.add(tree.id(node));
        }
        return Collections.unmodifiableList(children);
    }

    @Override
    public int childCount(TreeNodeId node) {
        return tree.moves().children(inside(node));
    }

    @Override
    public int rootCount() {
        return tree.moves().children(MoveTree.TOP);
    }

    @Override
    public Optional<TreeNodeId> parent(TreeNodeId node) {
        int parent = tree.moves().parent(inside(node));
        return parent < 0 ? Optional.empty() : Optional.of(tree.id(parent));
    }

    @Override
    public int indexOf(TreeNodeId node) {
        return tree.moves().indexOf(inside(node));
    }
}
