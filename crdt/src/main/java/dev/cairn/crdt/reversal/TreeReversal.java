package dev.cairn.crdt.reversal;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.editing.TreeEditing;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.tree.MoveTree;
import dev.cairn.crdt.tree.TreeShape;
import dev.cairn.crdt.view.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes back what a change did to the nodes of a tree, or makes it again.
 *
 * <p>A node which is where it would be if nothing else were taken back goes to where it would be then: to the same
 * place, with the same position key, as the move of somebody else, or an earlier one, that counts then. It is planned
 * first, since what is inside of nodes that go stays as it is.
 */
final class TreeReversal {
    private final Reversing reversing;
    private final TreeContainer tree;
    private final ByteLog log;
    private final MoveTree before;
    private final MoveTree after;
    private final MoveTree now;

    // what becomes of nodes, in the order in which it must be done
    private final Map<Integer, Integer> moved = new LinkedHashMap<>();
    private final List<Integer> dropped = new ArrayList<>();
    private final Map<Integer, LeftAlone.Reason> left = new LinkedHashMap<>();

    TreeReversal(Reversing reversing, TreeContainer tree) {
        this.reversing = reversing;
        this.tree = tree;
        this.log = reversing.past().document().log();
        this.before = tree.moves().only(reversing::countsBefore);
        this.after = tree.moves().only(reversing::countsAfter);
        this.now = tree.moves().only(lv -> true);
        plan();
    }

    /** Returns the node above a node, or where it is; one that was not made is out. */
    private static int place(MoveTree moves, int node) {
        return Math.max(moves.parent(node), MoveTree.OUT);
    }

    private boolean isSame(MoveTree one, MoveTree other, int node) {
        int place = place(one, node);
        return place == place(other, node)
                && (place == MoveTree.OUT || Arrays.equals(key(one.position(node)), key(other.position(node))));
    }

    private byte[] key(int position) {
        byte[] array = log.array(position);
        int start = log.offset(position);
        return Arrays.copyOfRange(array, start + 1, start + 1 + (array[start] & 0xff));
    }

    // ---- the plan

    private void plan() {
        List<Integer> back = new ArrayList<>();
        List<Integer> out = new ArrayList<>();
        for (int node = 0; node < tree.moves().size(); node++) {
            if (isSame(before, after, node)) {
                noteOvertaken(node);
            } else if (!wouldUndoOthers(node) && !isSame(now, after, node)) {
                sort(node, back, out);
            }
        }
        int[] depths = depths();
        back.sort((a, b) -> Integer.compare(depths[a], depths[b]));
        back.forEach(this::planMove);
        planDrops(out);
    }

    /** Puts a node which is to be elsewhere among those that come back, or go out. */
    private void sort(int node, List<Integer> back, List<Integer> out) {
        if (!isSame(now, before, node)) {
            left.put(node, LeftAlone.Reason.EDITED_SINCE);
        } else if (place(after, node) == MoveTree.OUT) {
            out.add(node);
        } else {
            back.add(node);
        }
    }

    /**
     * Tells whether a move of somebody else decides where a node is which would do nothing then, for it would make a
     * circle. It stays, and so does what would make the circle.
     */
    private boolean wouldUndoOthers(int node) {
        int decider = decider(before, node);
        return decider >= 0
                && decider != reversing.changeLv()
                && (decider(after, node) < 0
                        || reversing.past().document().graph().compare(decider(after, node), decider) < 0);
    }

    private static int decider(MoveTree moves, int node) {
        return moves.parent(node) < MoveTree.OUT ? -1 : moves.deciderLv(node);
    }

    /** Notes a node which the change had put elsewhere, or out, where it is not now through others. */
    private void noteOvertaken(int node) {
        int last = lastOwnMove(node);
        if (last < 0) {
            return;
        }
        boolean expectedOut = reversing.again()
                ? tree.moves().target(last) == MoveTree.OUT
                : tree.moves().lv(firstMove(node)) == reversing.changeLv();
        boolean out = place(now, node) == MoveTree.OUT;
        boolean brought = !reversing.again() && tree.moves().target(last) == MoveTree.OUT && !out;
        if (!brought && !(expectedOut && out)) {
            left.put(node, LeftAlone.Reason.EDITED_SINCE);
        }
    }

    private int lastOwnMove(int node) {
        int move = tree.moves().lastMove(node);
        while (move >= 0 && tree.moves().lv(move) != reversing.changeLv()) {
            move = tree.moves().moveBefore(move);
        }
        return move;
    }

    private int firstMove(int node) {
        int move = tree.moves().lastMove(node);
        while (tree.moves().moveBefore(move) >= 0) {
            move = tree.moves().moveBefore(move);
        }
        return move;
    }

    /** Returns by node how many are above it in the tree as it is to be. */
    private int[] depths() {
        TreeShape shape = after.shape();
        int[] byIndex = new int[shape.size()];
        int[] depths = new int[tree.moves().size()];
        Arrays.fill(depths, Integer.MAX_VALUE);
        for (int i = 0; i < byIndex.length; i++) {
            byIndex[i] = shape.parent(i) < 0 ? 0 : byIndex[shape.parent(i)] + 1;
            depths[shape.node(i)] = byIndex[i];
        }
        return depths;
    }

    private void planMove(int node) {
        int target = place(after, node);
        if (target >= 0 && now.isAbove(node, target)) {
            left.put(node, LeftAlone.Reason.CIRCLE);
        } else if (target >= 0 && !now.isIn(target)) {
            left.put(node, LeftAlone.Reason.GONE);
        } else {
            moved.put(node, target);
            now.move(reversing.byLv(), node, target, after.position(node));
        }
    }

    /** Nodes go if nobody has worked in them, or in what will be below them. */
    private void planDrops(List<Integer> out) {
        TreeShape shape = now.shape();
        Map<Integer, Integer> indexes = new HashMap<>();
        boolean[] worked = new boolean[shape.size()];
        for (int i = 0; i < worked.length; i++) {
            indexes.put(shape.node(i), i);
            worked[i] = isWorkedIn(shape.node(i));
        }
        for (int i = worked.length - 1; i >= 0; i--) {
            if (worked[i] && shape.parent(i) >= 0) {
                worked[shape.parent(i)] = true;
            }
        }
        for (int node : out) {
            Integer index = indexes.get(node);
            if (index == null) {
                // it is below one that is out
                left.put(node, LeftAlone.Reason.GONE);
            } else if (worked[index]) {
                left.put(node, LeftAlone.Reason.WORKED_IN);
            } else {
                dropped.add(node);
                for (int i = index; i < shape.end(index); i++) {
                    MapContainer map = tree.map(shape.node(i));
                    if (map != null) {
                        reversing.leaves(map);
                    }
                }
            }
        }
    }

    private boolean isWorkedIn(int node) {
        MapContainer map = tree.map(node);
        if (map != null && reversing.isWorkedIn(map)) {
            return true;
        }
        for (int move = tree.moves().lastMove(node);
                move >= 0;
                move = tree.moves().moveBefore(move)) {
            if (reversing.isLater(tree.moves().lv(move))) {
                return true;
            }
        }
        return false;
    }

    // ---- the edits

    void apply(TreeContainer live) {
        TreeEditing editing = new TreeEditing(reversing.editing(), live);
        moved.forEach((node, target) -> editing.placeBack(
                number(live, node), target < 0 ? target : number(live, target), key(after.position(node))));
        dropped.forEach(node -> editing.remove(number(live, node)));
        List<Step> path = new LivePaths(reversing.editing().document()).of(live);
        left.forEach((node, reason) -> {
            List<Step> at = new ArrayList<>(path);
            at.add(new Step.TreeNode(tree.id(node)));
            reversing.left(at, reason);
        });
    }

    private int number(TreeContainer live, int node) {
        return reversing.editing().document().trees().find(live, tree.id(node));
    }
}
