package dev.cairn.crdt.document;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.view.TreeNodeId;

/** The nodes of all trees of a document by the operations that made them, in an open-addressing table. */
final class NodeTable {
    private final EventGraph graph;

    // per node of the document
    private final IntList lvs = new IntList();
    private final IntList actors = new IntList();
    private final IntList seqs = new IntList();
    private final IntList indexes = new IntList();
    private final IntList trees = new IntList();
    private final IntList nodes = new IntList();

    /** One more than the number of an entry; 0 is free. At most half of it is taken. */
    private int[] table = new int[1];

    NodeTable(EventGraph graph) {
        this.graph = graph;
    }

    int size() {
        return lvs.size();
    }

    private int slot(int actor, int seq, int index) {
        int mask = table.length - 1;
        int hash = (actor * 31 + seq) * 0x9E3779B9 + index * 0x85EBCA6B;
        int i = (hash ^ (hash >>> 15)) & mask;
        while (table[i] != 0 && !is(table[i] - 1, actor, seq, index)) {
            i = (i + 1) & mask;
        }
        return i;
    }

    private boolean is(int entry, int actor, int seq, int index) {
        return seqs.get(entry) == seq && actors.get(entry) == actor && indexes.get(entry) == index;
    }

    /** Returns where the node made by that operation is, or -1. */
    int find(int actor, int seq, int index) {
        return table[slot(actor, seq, index)] - 1;
    }

    /** Adds a node, which must be new, and returns where it is. */
    int add(int lv, int index, TreeContainer tree, int node) {
        int entry = lvs.size();
        lvs.add(lv);
        actors.add(graph.actorOf(lv));
        seqs.add(graph.seqOf(lv));
        indexes.add(index);
        trees.add(tree.index);
        nodes.add(node);
        table[slot(actors.last(), seqs.last(), index)] = entry + 1;
        if (lvs.size() * 2 > table.length) {
            grow();
        }
        tree.named(node, entry);
        return entry;
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int i = 0; i < lvs.size(); i++) {
            table[slot(actors.get(i), seqs.get(i), indexes.get(i))] = i + 1;
        }
    }

    /** Returns the change which made a node. */
    int lv(int entry) {
        return lvs.get(entry);
    }

    /** Returns which operation of its change made a node. */
    int opIndex(int entry) {
        return indexes.get(entry);
    }

    /** Returns the number of the container of the tree in which a node is. */
    int tree(int entry) {
        return trees.get(entry);
    }

    /** Returns the number of a node in its tree. */
    int node(int entry) {
        return nodes.get(entry);
    }

    TreeNodeId id(int entry) {
        return new TreeNodeId(graph.actorId(actors.get(entry)), seqs.get(entry), indexes.get(entry));
    }
}
