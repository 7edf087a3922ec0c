package dev.cairn.crdt.view;

/** One step of a path into a document: a key of a map, an index of a list or a node of a tree. */
public sealed interface Step {
    /** The entry under that key. */
    record Key(String key) implements Step {}

    /** The element at that index. */
    record Index(int index) implements Step {}

    /** The map of that node. */
    record TreeNode(TreeNodeId id) implements Step {}

    /** Returns the step for a String (a key), an Integer (an index) or the name of a node. */
    static Step of(Object segment) {
        if (segment instanceof Step step) {
            return step;
        }
        if (segment instanceof Integer index) {
            return new Index(index);
        }
        if (segment instanceof String key) {
            return new Key(key);
        }
        if (segment instanceof TreeNodeId node) {
            return new TreeNode(node);
        }
        throw new IllegalArgumentException(
                "a path segment is a String, an Integer or a node of a tree, found " + segment);
    }
}
