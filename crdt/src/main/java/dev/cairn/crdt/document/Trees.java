package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.tree.MoveTree;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.TreeNodeId;
import org.jspecify.annotations.Nullable;

/** The trees of a document, and what operations do to them. */
public final class Trees {
    private static final int CACHE = 64;

    private final Document document;
    private final EventGraph graph;
    private @Nullable NodeTable table;

    // the actors met last, by bits of their names; there is room for them once one is met, as most documents have none
    private long[] cachedHigh = {};
    private long[] cachedLow = {};
    private int[] cachedActor = {};

    Trees(Document document) {
        this.document = document;
        this.graph = document.graph;
    }

    /** Returns the nodes of all trees; a document without trees never has one. */
    NodeTable table() {
        NodeTable known = table;
        if (known == null) {
            known = new NodeTable(graph);
            table = known;
        }
        return known;
    }

    /** Applies a PLACE of the change with that local version; returns what is wrong with it, if anything. */
    @Nullable
    String place(TreeContainer tree, OperationReader reader, int lv, int index, int toAddress) {
        int target = MoveTree.TOP;
        if ((reader.flags() & Layout.AT_TOP) == 0) {
            target = inTree(
                    tree,
                    find(
                            reader.parentActorHigh(),
                            reader.parentActorLow(),
                            reader.parentSeq(),
                            reader.parentIndex(),
                            lv));
            if (target < 0) {
                return "a node that is not there";
            }
        }
        int position = reader.contentStart() - 1 + toAddress;
        if ((reader.flags() & Layout.NEW_NODE) != 0) {
            if (tree.level == Layout.DEPTH_MAX) {
                return "a container nested too deep";
            }
            place(tree, add(tree, lv, index), target, position, lv);
            return null;
        }
        int node = inTree(tree, named(reader, lv));
        if (node < 0) {
            return "a node that is not there";
        }
        if (node == target) {
            return "a node below itself";
        }
        place(tree, node, target, position, lv);
        return null;
    }

    /** Applies a DROP; returns what is wrong with it, if anything. */
    @Nullable
    String drop(TreeContainer tree, OperationReader reader, int lv) {
        int node = inTree(tree, named(reader, lv));
        if (node < 0) {
            return "a node that is not there";
        }
        drop(tree, node, lv);
        return null;
    }

    /** Adds a node of the base of the graph at its place. */
    public int load(TreeContainer tree, int lv, int index, int target, int position) {
        int node = tree.moves.load(target, position);
        table().add(lv, index, tree, node);
        if (target == MoveTree.OUT) {
            tree.dropped();
        }
        return node;
    }

    /** Tells whether there is a node which that operation made. */
    public boolean isThere(int lv, int index) {
        return table().find(graph.actorOf(lv), graph.seqOf(lv), index) >= 0;
    }

    /** Returns the number of a node in its tree, or -1. */
    public int find(TreeContainer tree, TreeNodeId id) {
        ChangeId change = new ChangeId(id.actor(), id.seq());
        int node = inTree(tree, find(graph.findActor(change.actor()), change.seq(), id.index()));
        if (node >= 0 || graph.branches().isEmpty() || graph.size() == 0) {
            return node;
        }
        ChangeId meant = graph.branches().meaning(change, graph.size() - 1);
        return meant == null ? -1 : inTree(tree, find(graph.findActor(meant.actor()), meant.seq(), id.index()));
    }

    /** Makes a node, which is nowhere yet. */
    public int add(TreeContainer tree, int lv, int index) {
        int node = tree.moves.add();
        table().add(lv, index, tree, node);
        return node;
    }

    /** Puts a node somewhere. */
    public void place(TreeContainer tree, int node, int target, int position, int lv) {
        tree.moves.move(lv, node, target, position);
        if (tree.hasDrops()) {
            suspect(tree);
        }
        tree.edited(lv);
    }

    /** Takes a node out. */
    public void drop(TreeContainer tree, int node, int lv) {
        tree.moves.move(lv, node, MoveTree.OUT, 0);
        tree.dropped();
        if (!graph.runDominates(graph.runOf(lv))) {
            suspect(tree);
        }
        tree.edited(lv);
    }

    private void suspect(TreeContainer tree) {
        tree.mayHaveLost(true);
        document.suspect(tree);
    }

    private int inTree(TreeContainer tree, int entry) {
        return entry < 0 || table().tree(entry) != tree.index ? -1 : table().node(entry);
    }

    private int named(OperationReader reader, int lv) {
        return find(reader.idActorHigh(), reader.idActorLow(), reader.idSeq(), reader.idIndex(), lv);
    }

    /**
     * Returns where the table has the node which an id means that the change with that local version carries, or -1.
     */
    private int find(long actorHigh, long actorLow, long seq, int index, int lv) {
        int entry;
        if (seq == 0) {
            entry = table().find(graph.actorOf(lv), graph.seqOf(lv), index);
        } else if (graph.branches().isEmpty()) {
            entry = find(actor(actorHigh, actorLow), seq, index);
        } else {
            ChangeId meant = graph.branches().meaning(new ChangeId(new ActorId(actorHigh, actorLow), seq), lv);
            entry = meant == null ? -1 : find(graph.findActor(meant.actor()), meant.seq(), index);
        }
        boolean known = entry >= 0 && (seq == 0) == (table().lv(entry) == lv) && graph.inPast(table().lv(entry), lv);
        return known ? entry : -1;
    }

    private int find(int actor, long seq, int index) {
        return actor < 0 || seq > Integer.MAX_VALUE ? -1 : table().find(actor, (int) seq, index);
    }

    private int actor(long high, long low) {
        if (cachedActor.length == 0) {
            cachedHigh = new long[CACHE];
            cachedLow = new long[CACHE];
            cachedActor = new int[CACHE];
        }
        int slot = (int) (high ^ low) & (CACHE - 1);
        if (cachedHigh[slot] != high || cachedLow[slot] != low || cachedActor[slot] == 0) {
            int actor = graph.findActor(new ActorId(high, low));
            cachedHigh[slot] = high;
            cachedLow[slot] = low;
            cachedActor[slot] = actor + 1;
        }
        return cachedActor[slot] - 1;
    }

    /** Returns the map of the node which the id of an instruction means, or null. */
    @Nullable
    MapContainer map(OperationReader reader, int lv) {
        int entry = reader.type() == ContainerType.MAP && table != null ? named(reader, lv) : -1;
        if (entry < 0) {
            return null;
        }
        return map((TreeContainer) document.containers.get(table().tree(entry)), table().node(entry));
    }

    /** Returns the map of the node which that operation made, in whichever tree; null if it made none. */
    public @Nullable MapContainer mapMadeBy(int actor, int seq, int index) {
        int entry = table().find(actor, seq, index);
        return entry < 0
                ? null
                : map((TreeContainer) document.containers.get(table().tree(entry)), table().node(entry));
    }

    /** Returns the map of a node. */
    public MapContainer map(TreeContainer tree, int node) {
        MapContainer known = tree.map(node);
        if (known != null) {
            return known;
        }
        int entry = tree.entryOf(node);
        Container.Origin origin = Container.Origin.made(tree, table().lv(entry), table().opIndex(entry));
        MapContainer made = (MapContainer) document.table.create(origin, ContainerType.MAP);
        tree.setMap(node, made);
        return made;
    }
}
