package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.tree.MoveTree;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tree: which node is where, and the map of each. */
public final class TreeContainer extends Container {
    final MoveTree moves;
    private final NodeTable table;

    // per node; maps and ids are made when somebody asks for them
    private final IntList entries = new IntList();
    private @Nullable MapContainer[] maps = new @Nullable MapContainer[4];
    private @Nullable TreeNodeId[] ids = new @Nullable TreeNodeId[4];

    /** Per node that was out at the base: the edits which its snapshot had listed as lost. */
    private final Map<Integer, int[]> lost = new HashMap<>();

    /** Whether a node was ever taken out. */
    private boolean drops;

    /** Whether edits may be lost inside nodes that are out. */
    private boolean mayHaveLost;

    /** The maps of nodes in which conflicts may be; true if they are all to be searched. */
    private final Map<Container, Boolean> suspects = new HashMap<>();

    TreeContainer(Origin origin, int index, EventGraph graph, ByteLog log, NodeTable table) {
        super(origin, ContainerType.TREE, index);
        this.table = table;
        this.moves = new MoveTree(graph, (a, b) -> compare(log, a, b));
    }

    /** Compares position keys, each with a byte that says its length before it. */
    private static int compare(ByteLog log, int a, int b) {
        byte[] bytesA = log.array(a);
        byte[] bytesB = log.array(b);
        int fromA = log.offset(a) + 1;
        int fromB = log.offset(b) + 1;
        return Arrays.compareUnsigned(
                bytesA, fromA, fromA + (bytesA[fromA - 1] & 0xff), bytesB, fromB, fromB + (bytesB[fromB - 1] & 0xff));
    }

    /** Notes where the table of the document has the next node. */
    void named(int node, int entry) {
        entries.add(entry);
        if (node == ids.length) {
            maps = Arrays.copyOf(maps, node * 2);
            ids = Arrays.copyOf(ids, node * 2);
        }
    }

    /** Returns where the table of the document has a node. */
    int entryOf(int node) {
        return entries.get(node);
    }

    /** Returns the change which made a node. */
    public int lv(int node) {
        return table.lv(entries.get(node));
    }

    /** Returns which operation of that change made a node. */
    public int opIndex(int node) {
        return table.opIndex(entries.get(node));
    }

    /** Returns the name of a node. */
    public TreeNodeId id(int node) {
        TreeNodeId id = ids[node];
        if (id == null) {
            id = table.id(entries.get(node));
            ids[node] = id;
        }
        return id;
    }

    /** Returns the map of a node, if it ever had one. */
    public @Nullable MapContainer map(int node) {
        return maps[node];
    }

    void setMap(int node, MapContainer map) {
        map.node = node;
        maps[node] = map;
        for (Container c = this; c != null; c = c.parent) {
            c.view = null;
            if (c.parent != null) {
                c.parent.changedInside(c);
            }
        }
    }

    void dropped() {
        drops = true;
    }

    @Override
    public void suspect(Container container) {
        suspects.putIfAbsent(container, false);
        mayHaveLost |= drops;
    }

    /** Notes that conflicts inside the map of a node were not searched for. */
    public void unsearched(Container map) {
        suspects.put(map, true);
    }

    /** Tells whether conflicts may be in the map of a node. */
    public boolean hasSuspects() {
        return !suspects.isEmpty();
    }

    /**
     * Suspects the map of a node no more; tells whether it is all to be searched, or returns null if it was not
     * suspected.
     */
    public @Nullable Boolean takeSuspect(Container map) {
        return suspects.remove(map);
    }

    /** Notes whether edits may be lost inside nodes that are out. */
    public void mayHaveLost(boolean lossesMayBe) {
        mayHaveLost = lossesMayBe;
    }

    /** Tells whether edits may be lost inside nodes that are out. */
    public boolean mayHaveLost() {
        return mayHaveLost;
    }

    /** Tells whether a node was ever taken out. */
    public boolean hasDrops() {
        return drops;
    }

    /** Returns the edits inside a node which the snapshot had listed as lost. */
    public int[] lostBelow(int node) {
        return lost.getOrDefault(node, new int[0]);
    }

    /** Lists the lost edits inside a node of which the snapshot knew. */
    public void setLostBelow(int node, int[] lvs) {
        if (lvs.length > 0) {
            lost.put(node, lvs);
        }
    }

    /** Returns where the nodes are. */
    public MoveTree moves() {
        return moves;
    }
}
