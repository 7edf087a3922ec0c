package dev.cairn.crdt.state;

import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.tree.MoveTree;
import dev.cairn.crdt.tree.TreeShape;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was lost inside nodes of a tree that are out.
 *
 * <p>Lost are the edits in the map of such a node, and the places of it, which are neither in the past of a DROP, nor
 * in that of a later place, of the node itself or of one above it.
 */
public final class TreeLoss {
    private final StateBuilder states;
    private final EventGraph graph;
    private final TreeContainer tree;
    private final MoveTree moves;

    /** The nodes that are out, those which were taken out themselves first. */
    final TreeShape out;

    private final Coverage[] covers;

    /** Looks at the nodes of a tree that are out. */
    public TreeLoss(StateBuilder states, EventGraph graph, TreeContainer tree) {
        this.states = states;
        this.graph = graph;
        this.tree = tree;
        this.moves = tree.moves();
        this.out = moves.outShape();
        this.covers = new Coverage[out.size()];
        for (int i = 0; i < covers.length; i++) {
            covers[i] = cover(out.parent(i) < 0 ? Coverage.NONE : covers[out.parent(i)], out.node(i));
        }
    }

    private Coverage cover(Coverage above, int node) {
        Coverage covered = above;
        for (int move = moves.lastMove(node); move >= 0; move = moves.moveBefore(move)) {
            boolean makes = moves.moveBefore(move) < 0;
            if (moves.lv(move) >= 0 && !makes) {
                covered = covered.with(graph, moves.lv(move), moves.target(move) == MoveTree.OUT);
            }
        }
        return covered;
    }

    /** Returns the indexes of the nodes which were taken out themselves, in the order of their names. */
    public List<Integer> tops() {
        List<Integer> tops = new ArrayList<>();
        for (int i = 0; i < out.size(); i = out.end(i)) {
            tops.add(i);
        }
        tops.sort(Comparator.comparing(this::id));
        return tops;
    }

    TreeNodeId id(int index) {
        return tree.id(out.node(index));
    }

    /** Returns the maps of all nodes that are out. */
    List<MapContainer> maps() {
        List<MapContainer> maps = new ArrayList<>();
        for (int i = 0; i < out.size(); i++) {
            MapContainer map = tree.map(out.node(i));
            if (map != null) {
                maps.add(map);
            }
        }
        return maps;
    }

    /** Returns what was lost inside a node and all below it, oldest first. */
    public int[] lostBelow(int top) {
        Set<Integer> lost = new TreeSet<>(graph::compare);
        for (int i = top; i < out.end(top); i++) {
            gather(i, lost);
        }
        return toArray(lost);
    }

    /** Returns what was lost inside one node, oldest first. */
    public int[] lostIn(int index) {
        Set<Integer> lost = new TreeSet<>(graph::compare);
        gather(index, lost);
        return toArray(lost);
    }

    private static int[] toArray(Set<Integer> lvs) {
        return lvs.stream().mapToInt(Integer::intValue).toArray();
    }

    private void gather(int index, Set<Integer> lost) {
        int node = out.node(index);
        Coverage cover = covers[index];
        for (int lv : tree.lostBelow(node)) {
            if (!cover.covers(graph, lv)) {
                lost.add(lv);
            }
        }
        for (int move = moves.lastMove(node); move >= 0; move = moves.moveBefore(move)) {
            int lv = moves.lv(move);
            if (lv >= 0 && moves.target(move) != MoveTree.OUT && !cover.covers(graph, lv)) {
                lost.add(lv);
            }
        }
        MapContainer map = tree.map(node);
        if (map != null) {
            states.gather(map, lv -> cover.covers(graph, lv), lost);
        }
    }

    /** Returns the nodes that are out, those which were taken out themselves first. */
    public TreeShape out() {
        return out;
    }
}
