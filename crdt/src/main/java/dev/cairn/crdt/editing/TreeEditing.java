package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.tree.MoveTree;
import dev.cairn.crdt.tree.PositionKeys;
import java.util.Objects;
import java.util.Optional;

/** The local edits of a tree. */
public final class TreeEditing {
    // how many siblings on each side get new keys when there is no short one between two of them; more if need be
    private static final int NEIGHBOURS = 8;

    private static final int NEW = -1;
    private static final byte[] NONE = {};

    private final Editing editing;
    private final Document document;
    private final TreeContainer tree;
    private final MoveTree moves;
    private final int lv;

    /** Edits a tree. */
    public TreeEditing(Editing editing, TreeContainer tree) {
        this.editing = editing;
        this.document = editing.document();
        this.tree = tree;
        this.moves = tree.moves();
        this.lv = document.localLv();
    }

    int add(int parent, int index) {
        Editing.requireRoom(tree);
        return place(NEW, parent, index);
    }

    void move(int node, int parent, int index) {
        place(node, parent, index);
    }

    /** Puts a node at a place with the position key it had there once. */
    public void placeBack(int node, int parent, byte[] key) {
        write(node, parent, key);
    }

    /** Takes a node out. */
    public void remove(int node) {
        editing.requireOpen();
        if (!moves.isIn(node)) {
            return;
        }
        OperationWriter writer = editing.go(tree);
        writer.drop();
        id(node);
        document.trees().drop(tree, node, lv);
        document.advance(1);
    }

    /** Takes out again a node that is out: what was lost in it is known now. */
    void dropAgain(int node) {
        OperationWriter writer = editing.go(tree);
        writer.drop();
        id(node);
        document.trees().drop(tree, node, lv);
        document.advance(1);
    }

    /** Puts a node that is out where it was last, or at the end of the top if that is not to be. */
    void restore(int node) {
        for (int move = moves.lastMove(node); move >= 0; move = moves.moveBefore(move)) {
            int target = moves.target(move);
            if (target != MoveTree.OUT) {
                boolean there = target == MoveTree.TOP || (moves.isIn(target) && !moves.isAbove(node, target));
                if (there) {
                    write(node, target, key(moves.positionOf(move)));
                    return;
                }
                break;
            }
        }
        move(node, MoveTree.TOP, moves.children(MoveTree.TOP));
    }

    /** The siblings at a place without the node that comes there. */
    private final class Place {
        private final int parent;
        private final int without;
        private final int size;

        Place(int parent, int node) {
            this.parent = parent;
            this.without = node != NEW && moves.parent(node) == parent ? moves.indexOf(node) : Integer.MAX_VALUE;
            this.size = moves.children(parent) - (without == Integer.MAX_VALUE ? 0 : 1);
        }

        int node(int index) {
            return moves.child(parent, index < without ? index : index + 1);
        }

        byte[] key(int index) {
            return index < 0 || index >= size ? NONE : keyOf(node(index));
        }

        boolean isOwn(int index) {
            EventGraph graph = document.graph();
            int decider = index >= 0 && index < size ? moves.deciderLv(node(index)) : -1;
            return decider >= 0 && graph.actorOf(decider) == graph.actorOf(lv);
        }
    }

    private int place(int node, int parent, int index) {
        editing.requireOpen();
        Place place = new Place(parent, node);
        Objects.checkIndex(index, place.size + 1);
        if (place.without == index) {
            return node;
        }
        PositionKeys.Gap gap = new PositionKeys.Gap(
                place.key(index - 1), place.isOwn(index - 1), place.key(index), place.isOwn(index));
        Optional<byte[]> key = PositionKeys.between(gap, run());
        return key.isPresent() ? write(node, parent, key.get()) : makeRoom(place, node, index);
    }

    /** Returns a number which no other place in any change is likely to have. */
    private long run() {
        EventGraph graph = document.graph();
        long hash = graph.actorId(graph.actorOf(lv)).hashCode();
        for (long part : new long[] {graph.seqOf(lv), document.nextIndex()}) {
            hash = (hash ^ part) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private byte[] keyOf(int node) {
        return key(moves.position(node));
    }

    private byte[] key(int address) {
        ByteLog log = document.log();
        byte[] array = log.array(address);
        int start = log.offset(address);
        byte[] key = new byte[array[start] & 0xff];
        System.arraycopy(array, start + 1, key, 0, key.length);
        return key;
    }

    /** Gives the siblings around a place new keys, so that there is one between them. */
    private int makeRoom(Place place, int node, int index) {
        for (int width = NEIGHBOURS; ; width *= 2) {
            int from = Math.max(0, index - width);
            int to = Math.min(place.size, index + width);
            Optional<byte[][]> keys = PositionKeys.spread(place.key(from - 1), place.key(to), to - from + 1, run());
            if (keys.isPresent()) {
                return spread(place, node, index - from, keys.get(), from);
            }
        }
    }

    private int spread(Place place, int node, int at, byte[][] keys, int from) {
        int[] siblings = new int[keys.length - 1];
        for (int i = 0; i < siblings.length; i++) {
            siblings[i] = place.node(from + i);
        }
        int placed = write(node, place.parent, keys[at]);
        for (int i = 0; i < siblings.length; i++) {
            write(siblings[i], place.parent, keys[i < at ? i : i + 1]);
        }
        return placed;
    }

    private int write(int node, int parent, byte[] key) {
        OperationWriter writer = editing.go(tree);
        writer.place((node == NEW ? Layout.NEW_NODE : 0) | (parent == MoveTree.TOP ? Layout.AT_TOP : 0));
        if (parent != MoveTree.TOP) {
            id(parent);
        }
        if (node != NEW) {
            id(node);
        }
        writer.position(key);
        int placed = node == NEW ? document.trees().add(tree, lv, document.nextIndex()) : node;
        document.trees().place(tree, placed, parent, store(key), lv);
        document.advance(1);
        return placed;
    }

    private int store(byte[] key) {
        ByteLog log = document.log();
        int address = log.allocate(key.length + 1);
        byte[] array = log.array(address);
        int start = log.offset(address);
        array[start] = (byte) key.length;
        System.arraycopy(key, 0, array, start + 1, key.length);
        return address;
    }

    private void id(int node) {
        editing.id(tree.lv(node), tree.opIndex(node));
    }
}
