package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.view.Node;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One container of a document. */
public abstract sealed class Container
        permits MapContainer, SequenceContainer, MovableListContainer, CounterContainer, TreeContainer {
    /** What all containers share that have no such column, which is most of them; nothing is ever added to it. */
    private static final IntList NOTHING = new IntList();

    final int index;
    final ContainerType type;
    final @Nullable Container parent;

    /** The entry of the parent map or register which holds it; absent for the root and for elements of lists. */
    final @Nullable Entry entry;

    final @Nullable OpId base;

    /** The operation that made a container which is not derived. */
    final int madeLv;

    final int madeIndex;

    private final boolean made;

    /** How many steps the encoding takes to get here from the root. */
    final int depth;

    /** How many containers are around it. */
    final int level;

    /** Of the map of a tree's node: the number of the node. */
    int node = -1;

    @Nullable
    Node view;

    /** The part of the list around it in which it was shown last, if it is an element of one. */
    @Nullable
    ShownPart shownIn;

    // edits, as runs of local versions: from, to, from, to ... ; none for the root, which nobody can remove
    private IntList edits = NOTHING;
    private int clearedLv = Integer.MIN_VALUE;
    private int @Nullable [] clearedPast;
    private int[] lostBelow = {};
    private IntList deleters = NOTHING;

    // the changes which made a derived container; -1 for all of them below the base
    private IntList makers = NOTHING;

    Container(Origin origin, ContainerType type, int index) {
        this.index = index;
        this.type = type;
        this.parent = origin.parent;
        this.entry = origin.entry;
        this.base = origin.base;
        this.madeLv = origin.madeLv;
        this.madeIndex = origin.madeIndex;
        this.made = origin.made;
        this.level = parent == null ? 0 : parent.level + (origin.hidden ? 0 : 1);
        this.depth = parent == null ? 0 : made ? 1 : parent.depth + 1;
    }

    /** Where a container comes from. */
    public record Origin(
            @Nullable Container parent,
            @Nullable Entry entry,
            @Nullable OpId base,
            int madeLv,
            int madeIndex,
            boolean made,
            boolean hidden) {
        static final Origin ROOT = new Origin(null, null, null, -1, 0, false, false);

        /** Returns where a container comes from which is derived from an entry. */
        public static Origin derived(MapContainer parent, Entry entry, @Nullable OpId base) {
            return new Origin(parent, entry, base, -1, 0, false, false);
        }

        /** Returns where the element of a list, or the map of a node, comes from. */
        public static Origin made(Container list, int lv, int index) {
            return new Origin(list, null, null, lv, index, true, false);
        }

        /** The register of an element of a movable list. */
        static Origin element(MovableListContainer list, int lv, int index) {
            return new Origin(list, null, null, lv, index, true, true);
        }

        /** A container in such a register. */
        public static Origin assigned(MapContainer register, Entry entry, int lv, int index) {
            return new Origin(register, entry, null, lv, index, true, false);
        }
    }

    private static IntList with(IntList column, int lv) {
        IntList own = column == NOTHING ? new IntList() : column;
        own.add(lv);
        return own;
    }

    /** Notes that a change made it, or a change below the base. */
    void madeBy(int lv) {
        if (makers.size() == 0 || makers.last() != lv) {
            makers = with(makers, lv);
        }
    }

    /** Tells whether the author of a change knew of it: somebody made it in the past of that change. */
    boolean wasMade(EventGraph graph, int lv) {
        for (int i = 0; i < makers.size(); i++) {
            if (graph.inPast(makers.get(i), lv)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether it is named by the operation that made it. */
    public boolean isMade() {
        return made;
    }

    /** Notes that a change deleted the element of a list that it is. */
    void deletedBy(EventGraph graph, int lv) {
        deleters = with(deleters, lv);
        superseded(graph, lv);
    }

    /** Tells whether the author of a change saw that the element of a list was deleted that it is, or is in. */
    boolean sawDeleted(EventGraph graph, int lv) {
        for (int i = 0; i < deleters.size(); i++) {
            if (graph.inPast(deleters.get(i), lv)) {
                return true;
            }
        }
        return made && entry != null && parent != null && parent.sawDeleted(graph, lv);
    }

    /** Tells whether its own place still holds it; the containers around it may be gone all the same. */
    public boolean isHeld() {
        if (entry != null) {
            return entry.holds(index);
        }
        return parent instanceof TreeContainer tree ? tree.moves.isIn(node) : deleters.size() == 0;
    }

    /** Tells whether it may be out of reach from the root; does not look where in its tree a node is. */
    boolean mayBeGone() {
        for (Container c = this; c.parent != null; c = c.parent) {
            boolean inTree = c.entry == null && c.parent instanceof TreeContainer;
            if (inTree ? ((TreeContainer) c.parent).hasDrops() : !c.isHeld()) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether it can be reached from the root. */
    public boolean isReachable() {
        for (Container c = this; c.parent != null; c = c.parent) {
            if (!c.isHeld()) {
                return false;
            }
        }
        return true;
    }

    /** Notes that a container which is, or was, held here looks different. */
    void changedInside(Container container) {}

    /** Notes that there may be conflicts inside a container which is, or was, held here. */
    void suspect(Container container) {}

    /** Notes that a change edited it. */
    void edited(int lv) {
        for (Container c = this; c != null && c.view != null; c = c.parent) {
            c.view = null;
            if (c.parent != null) {
                c.parent.changedInside(c);
            }
        }
        if (parent == null) {
            return;
        }
        int size = edits.size();
        if (size > 0 && edits.last() >= lv - 1) {
            edits.set(size - 1, lv);
        } else {
            edits = with(edits, lv);
            edits.add(lv);
        }
    }

    /** Notes that a change which does not keep it assigned, removed or deleted its place. */
    void superseded(EventGraph graph, int lv) {
        int run = graph.runOf(lv);
        lostBelow = new int[0];
        if (graph.runDominates(run)) {
            clearedLv = lv;
            return;
        }
        int[] past = graph.pastOf(run);
        int actor = graph.actorOfRun(run);
        int[] cleared = clearedPast == null ? new int[0] : clearedPast;
        int[] joined = Arrays.copyOf(cleared, Math.max(cleared.length, Math.max(past.length, actor + 1)));
        for (int i = 0; i < past.length; i++) {
            joined[i] = Math.max(joined[i], past[i]);
        }
        joined[actor] = Math.max(joined[actor], graph.seqOf(lv));
        clearedPast = joined;
    }

    /** Tells whether whoever removed it knew of that change. */
    public boolean covers(EventGraph graph, int lv) {
        if (lv <= clearedLv) {
            return true;
        }
        if (lv < 0 || clearedPast == null) {
            return false;
        }
        int actor = graph.actorOf(lv);
        return actor < clearedPast.length && graph.seqOf(lv) <= clearedPast[actor];
    }

    /** Returns the changes which edited it as runs of local versions: from, to, from, to. */
    public IntList edits() {
        return edits;
    }

    /** Returns the lost edits which the snapshot had listed and nobody has superseded since. */
    public int[] lostBelow() {
        return lostBelow;
    }

    /** Lists the lost edits of which the snapshot knew. */
    public void setLostBelow(int[] lvs) {
        lostBelow = lvs;
    }

    /** Returns what kind of container it is. */
    public final ContainerType type() {
        return type;
    }

    /** Returns how many steps the encoding takes to get here from the root. */
    public final int depth() {
        return depth;
    }

    /** Returns the container which holds it, or held it; null for the root. */
    public final @Nullable Container parent() {
        return parent;
    }

    /** Returns the entry of the map or register which holds it; null for the root and for elements of lists. */
    public final @Nullable Entry entry() {
        return entry;
    }

    /** Returns the change which made it, unless it is derived. */
    public final int madeLv() {
        return madeLv;
    }

    /** Returns which operation of that change made it. */
    public final int madeIndex() {
        return madeIndex;
    }

    /** Returns which assignment or removal it was derived upon; null if none, or if it is not derived. */
    public final @Nullable OpId base() {
        return base;
    }

    /** Returns how many containers are around it. */
    public final int level() {
        return level;
    }

    /** Returns what it showed last, if that is still so. */
    public final @Nullable Node view() {
        return view;
    }

    /** Returns the number of the node whose map it is; -1 if it is none. */
    public final int node() {
        return node;
    }

    /** Notes what it shows, until it is edited. */
    public final void showed(Node shown) {
        view = shown;
    }

    /** Notes in which part of the list around it it is shown. */
    public final void showedIn(ShownPart part) {
        shownIn = part;
    }

    /** Returns its number in the document. */
    public final int index() {
        return index;
    }
}
