package dev.cairn.crdt.tree;

import dev.cairn.crdt.graph.EventGraph;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one tree and all moves that were ever made: each device which knows the same moves has the same tree,
 * without circles (Kleppmann, Mulligan, Gomes and Beresford, "A highly-available move operation for replicated trees",
 * 2022).
 *
 * <p>Moves may come in any order; they take effect when somebody asks.
 */
public final class MoveTree {
    // The moves count as if they had been made one after the other by (Lamport number, actor, index in the change). One
    // which would put a node below itself does nothing. The last of a node which did something decides where it is:
    //
    //   moves     0        1        2        3          in the order of arrival
    //   order     0  2  1  3                            in the order in which they count
    //   previous  what decided about the node before; NO_EFFECT if the move did nothing
    //
    // New moves are collected, sorted and merged into the order at once: what counts after the first of them is undone
    // from the last to the first, and done again from the first to the last. So a batch costs O(m log m + w) however
    // its
    // moves are mixed, where w is how many moves count after its first one; and each asks once who is above whom.

    /** The place of the nodes which are below no other. */
    public static final int TOP = -1;

    /** The place of the nodes which were taken out. */
    public static final int OUT = -2;

    static final int NOWHERE = -3;

    private static final int NO_EFFECT = -2;
    private static final int NOTHING = -1;

    /** Compares the position keys which are at two places. */
    public interface Positions {
        /** Compares them as unsigned bytes. */
        int compare(int a, int b);
    }

    private final EventGraph graph;
    private final Positions keys;
    private final Forest forest = new Forest();

    // per node: the move which decides where it is, and the last that came
    private int[] deciders = new int[16];
    private int[] lastMoves = new int[16];

    // per move; those of the base come first, have no local version, and are never undone
    private int[] lvs = new int[16];
    private int[] nodes = new int[16];
    private int[] targets = new int[16];
    private int[] positions = new int[16];
    private int[] previous = new int[16];
    private int[] earlier = new int[16];
    private int count;
    private int atBase;
    private int settled;

    private int[] order = new int[16];
    private int ordered;
    private long replayed;

    private @Nullable SiblingIndex siblings;
    private @Nullable TreeShape shape;

    /** Returns an empty tree. */
    public MoveTree(EventGraph graph, Positions keys) {
        this.graph = graph;
        this.keys = keys;
    }

    /** Returns how many nodes were ever made. */
    public int size() {
        return forest.size();
    }

    /** Adds a node, which is nowhere before its first move, and returns its number: 0, 1, 2, ... */
    public int add() {
        int node = forest.add();
        if (node == deciders.length) {
            deciders = Arrays.copyOf(deciders, node * 2);
            lastMoves = Arrays.copyOf(lastMoves, node * 2);
        }
        deciders[node] = NOTHING;
        lastMoves[node] = NOTHING;
        return node;
    }

    /** Adds the next node of the base of the graph: at its place behind those that were added there before. */
    public int load(int target, int position) {
        int node = add();
        int move = append(-1, node, target, position);
        atBase = count;
        settled = count;
        previous[move] = NOTHING;
        decide(node, move);
        return node;
    }

    /**
     * Moves a node below another, which was made in the past, to the {@link #TOP}, or {@link #OUT}; moves of one change
     * come in their order.
     */
    public void move(int lv, int node, int target, int position) {
        append(lv, node, target, position);
    }

    private int append(int lv, int node, int target, int position) {
        if (count == lvs.length) {
            int capacity = count * 2;
            lvs = Arrays.copyOf(lvs, capacity);
            nodes = Arrays.copyOf(nodes, capacity);
            targets = Arrays.copyOf(targets, capacity);
            positions = Arrays.copyOf(positions, capacity);
            previous = Arrays.copyOf(previous, capacity);
            earlier = Arrays.copyOf(earlier, capacity);
        }
        lvs[count] = lv;
        nodes[count] = node;
        targets[count] = target;
        positions[count] = position;
        earlier[count] = lastMoves[node];
        lastMoves[node] = count;
        return count++;
    }

    // ---- the order of moves

    private int compareMoves(int a, int b) {
        int lvA = lvs[a];
        int lvB = lvs[b];
        if (lvA == lvB || lvA < 0 || lvB < 0) {
            return Integer.compare(a, b);
        }
        return graph.compare(lvA, lvB);
    }

    /** Lets all moves take effect that have come. */
    private void settle() {
        if (settled == count) {
            return;
        }
        int[] fresh = freshMoves();
        settled = count;
        shape = null;
        int from = ordered;
        if (ordered > 0 && compareMoves(order[ordered - 1], fresh[0]) > 0) {
            from = firstAfter(fresh[0]);
        }
        if (siblings != null && ordered - from + fresh.length > 64 + forest.size() / 8) {
            siblings = null;
        }
        for (int i = ordered - 1; i >= from; i--) {
            undo(order[i]);
        }
        merge(from, fresh);
        for (int i = from; i < ordered; i++) {
            redo(order[i]);
        }
        replayed += ordered - from;
    }

    private int[] freshMoves() {
        int from = settled;
        int[] fresh = new int[count - from];
        long[] lamports = new long[fresh.length];
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = from + i;
            lamports[i] = graph.lamport(lvs[from + i]);
        }
        return IntOrder.sorted(fresh, (a, b) -> {
            int byLamport = Long.compare(lamports[a - from], lamports[b - from]);
            return byLamport != 0 ? byLamport : compareMoves(a, b);
        });
    }

    private int firstAfter(int move) {
        int low = 0;
        int high = ordered - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compareMoves(order[middle], move) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void merge(int from, int[] fresh) {
        if (ordered + fresh.length > order.length) {
            order = Arrays.copyOf(order, Math.max(order.length * 2, ordered + fresh.length));
        }
        int a = ordered - 1;
        int b = fresh.length - 1;
        ordered += fresh.length;
        for (int i = ordered - 1; b >= 0; i--) {
            order[i] = a >= from && compareMoves(order[a], fresh[b]) > 0 ? order[a--] : fresh[b--];
        }
    }

    private void undo(int move) {
        if (previous[move] != NO_EFFECT) {
            decide(nodes[move], previous[move]);
        }
    }

    private void redo(int move) {
        int node = nodes[move];
        int target = targets[move];
        if (target >= 0 && forest.isAbove(node, target)) {
            previous[move] = NO_EFFECT;
        } else {
            previous[move] = deciders[node];
            decide(node, move);
        }
    }

    private void decide(int node, int move) {
        SiblingIndex index = siblings;
        if (index != null && deciders[node] != NOTHING) {
            index.remove(forest.parent(node), node);
        }
        deciders[node] = move;
        forest.set(node, move == NOTHING ? NOWHERE : targets[move]);
        if (index != null && move != NOTHING) {
            index.insert(targets[move], node);
        }
    }

    // ---- what is below what

    private SiblingIndex siblings() {
        settle();
        SiblingIndex index = siblings;
        if (index == null) {
            index = new SiblingIndex(forest, this::compareSiblings);
            siblings = index;
        }
        return index;
    }

    private int compareSiblings(int a, int b) {
        int moveA = deciders[a];
        int moveB = deciders[b];
        if (targets[moveA] == OUT) {
            return Integer.compare(a, b);
        }
        int byKey = keys.compare(positions[moveA], positions[moveB]);
        return byKey != 0 ? byKey : compareMoves(moveA, moveB);
    }

    /** Returns the node above that one, {@link #TOP}, or {@link #OUT}. */
    public int parent(int node) {
        settle();
        return forest.parent(node);
    }

    /** Tells whether a node can be reached from the top. */
    public boolean isIn(int node) {
        settle();
        return forest.place(node) == TOP;
    }

    /** Tells whether a node is above another, or the same. */
    public boolean isAbove(int node, int other) {
        settle();
        return forest.isAbove(node, other);
    }

    /** Returns how many nodes are at a place. */
    public int children(int parent) {
        settle();
        return parent >= 0 && forest.children(parent) == 0 ? 0 : siblings().size(parent);
    }

    /** Returns the node with that index at a place. */
    public int child(int parent, int index) {
        return siblings().get(parent, index);
    }

    /** Returns the nodes at a place in their order. */
    public int[] childrenOf(int parent) {
        return siblings().toArray(parent);
    }

    /** Returns the index of a node at its place. */
    public int indexOf(int node) {
        return siblings().indexOf(forest.parent(node), node);
    }

    /** Returns where the position key of a node is. */
    public int position(int node) {
        settle();
        return positions[deciders[node]];
    }

    /** Returns the change which decided where a node is; negative if that is below the base of the graph. */
    public int deciderLv(int node) {
        settle();
        return lvs[deciders[node]];
    }

    /** Returns all nodes which are in the tree. */
    public TreeShape shape() {
        settle();
        TreeShape current = shape;
        if (current == null) {
            current = TreeShape.of(siblings(), TOP, forest.size());
            shape = current;
        }
        return current;
    }

    /** Returns all nodes which are out, with those that were taken out themselves at the top. */
    public TreeShape outShape() {
        return TreeShape.of(siblings(), OUT, forest.size());
    }

    // ---- the moves of a node

    /** Returns the last move that came of a node, or -1. */
    public int lastMove(int node) {
        return lastMoves[node];
    }

    /** Returns the move of the same node that came before, or -1. */
    public int moveBefore(int move) {
        return earlier[move];
    }

    /** Returns the change which made a move; negative for what stands for all moves below the base. */
    public int lv(int move) {
        return lvs[move];
    }

    /** Returns where a move was meant to go. */
    public int target(int move) {
        return targets[move];
    }

    /** Returns where the position key of a move is. */
    public int positionOf(int move) {
        return positions[move];
    }

    /** Returns a tree of the same nodes, of whose moves only those of some changes were made. */
    public MoveTree only(IntPredicate changes) {
        MoveTree copy = new MoveTree(graph, keys);
        for (int node = 0; node < size(); node++) {
            copy.add();
        }
        for (int move = 0; move < count; move++) {
            if (changes.test(lvs[move])) {
                copy.move(lvs[move], nodes[move], targets[move], positions[move]);
            }
        }
        return copy;
    }

    /** Returns how many moves were done, and done again, so far. */
    long replayed() {
        return replayed;
    }

    /** Returns how many nodes were visited so far to find out who is above whom. */
    long steps() {
        return forest.steps();
    }

    /** Checks the invariants. */
    public void check() {
        settle();
        for (int i = 1; i < ordered; i++) {
            require(compareMoves(order[i - 1], order[i]) < 0, "moves are in order");
        }
        require(ordered == count - atBase, "every move is in the order");
        TreeShape in = shape();
        TreeShape out = outShape();
        require(in.size() + out.size() == forest.size(), "every node has one place, and there are no circles");
        SiblingIndex index = siblings();
        for (int i = 0; i < in.size(); i++) {
            int node = in.node(i);
            int at = index.indexOf(forest.parent(node), node);
            require(at == 0 || compareSiblings(index.get(forest.parent(node), at - 1), node) < 0, "siblings ascend");
        }
    }

    private static void require(boolean fact, String what) {
        if (!fact) {
            throw new IllegalStateException("a tree must hold: " + what);
        }
    }
}
