package dev.cairn.crdt.snapshot;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.state.StateBuilder;
import dev.cairn.crdt.state.TreeLoss;
import dev.cairn.crdt.tree.MoveTree;
import dev.cairn.crdt.tree.TreeShape;

/** Writes trees into the snapshot of a document: {@link SnapshotWriter}. */
final class TreeSnapshots {
    private final SnapshotWriter writer;
    private final Document document;
    private final EventGraph graph;
    private final StateBuilder states;
    private final ByteSink body;

    private int[] numbers = {};
    private int count;

    TreeSnapshots(SnapshotWriter writer, Document document, StateBuilder states) {
        this.writer = writer;
        this.document = document;
        this.graph = document.graph();
        this.states = states;
        this.body = writer.body();
    }

    void write(TreeContainer tree) {
        numbers = new int[tree.moves().size()];
        body.varint(numbers.length);
        TreeShape in = tree.moves().shape();
        for (int i = 0; i < in.size(); i++) {
            node(tree, in.node(i), new int[0]);
        }
        TreeLoss loss = new TreeLoss(states, graph, tree);
        for (int top : loss.tops()) {
            for (int i = top; i < loss.out().end(top); i++) {
                node(tree, loss.out().node(i), loss.lostIn(i));
            }
        }
    }

    private void node(TreeContainer tree, int node, int[] lost) {
        numbers[node] = count++;
        body.varint(writer.number(tree.lv(node)));
        body.varint(tree.opIndex(node));
        int parent = tree.moves().parent(node);
        body.varint(parent >= 0 ? 2 + numbers[parent] : -1 - parent);
        if (parent != MoveTree.OUT) {
            position(tree.moves().position(node));
        }
        writer.lost(lost);
        MapContainer map = tree.map(node);
        body.octet(map == null ? 0 : 1);
        if (map != null) {
            writer.body(map);
        }
    }

    private void position(int address) {
        byte[] bytes = document.log().array(address);
        int start = document.log().offset(address);
        body.bytes(bytes, start, 1 + (bytes[start] & 0xff));
    }
}
