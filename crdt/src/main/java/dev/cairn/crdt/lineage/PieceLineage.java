package dev.cairn.crdt.lineage;

import dev.cairn.crdt.document.Journal;
import dev.cairn.crdt.graph.IntList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pieces of one container, units or elements, stand for which: those a mechanical change brought back, for those
 * deleted before.
 */
public final class PieceLineage implements StandIns {
    private static final int NONE = -1;

    private final Lineage lineage;
    private final Pieces units;
    private final int[] indexes;

    // by unit: the unit it stands for, or itself; and the next one which stands for the same
    private final int[] roots;
    private final int[] nextStandIn;

    // by unit: the last operation which deletes it; by operation: the one before it which deletes the same
    private final int[] lastDeletion;
    private final int[] deletionBefore;

    PieceLineage(Lineage lineage, Pieces pieces) {
        this.lineage = lineage;
        this.units = pieces;
        this.indexes = units.indexes();
        int size = units.operations();
        this.roots = new int[size];
        Arrays.setAll(roots, unit -> unit);
        this.nextStandIn = filled(size);
        this.lastDeletion = filled(size);
        this.deletionBefore = filled(size);
        for (int n = 0; n < size; n++) {
            if (units.target(n) >= 0) {
                deletionBefore[n] = lastDeletion[units.target(n)];
                lastDeletion[units.target(n)] = n;
            }
        }
        for (Journal.TakenBack mark : lineage.past().journal.takenBack()) {
            trace(mark);
        }
    }

    private static int[] filled(int size) {
        int[] array = new int[size];
        Arrays.fill(array, NONE);
        return array;
    }

    /** Finds out what the units stand for which a mechanical change inserted. */
    private void trace(Journal.TakenBack mark) {
        IntList inserted = operations(mark.lv(), true);
        if (inserted.size() == 0) {
            return;
        }
        List<Integer> revived = revived(mark.changeLv(), mark.again(), mark.lv());
        for (int i = 0; i < Math.min(inserted.size(), revived.size()); i++) {
            int root = revived.get(i);
            roots[inserted.get(i)] = root;
            nextStandIn[inserted.get(i)] = nextStandIn[root];
            nextStandIn[root] = inserted.get(i);
        }
    }

    /** Returns the insertions of a change, or its deletions. */
    private IntList operations(int lv, boolean insertions) {
        IntList found = new IntList();
        for (int n = units.first(lv); n < units.operations() && units.lv(n) == lv; n++) {
            if (units.target(n) < 0 == insertions) {
                found.add(n);
            }
        }
        return found;
    }

    @Override
    public int root(int unit) {
        return roots[unit];
    }

    @Override
    public List<Integer> standIns(int unit) {
        List<Integer> all = new ArrayList<>();
        for (int other = roots[unit]; other != NONE; other = nextStandIn[other]) {
            all.add(other);
        }
        return all;
    }

    /** Returns the units about which a change was: those it inserted, or those it deleted; in their order. */
    private Set<Integer> roots(int changeLv, boolean inserted) {
        Set<Integer> found = new TreeSet<>((a, b) -> Integer.compare(indexes[a], indexes[b]));
        IntList operations = operations(changeLv, inserted);
        for (int i = 0; i < operations.size(); i++) {
            int n = operations.get(i);
            found.add(roots[inserted ? n : units.target(n)]);
        }
        return found;
    }

    /**
     * Returns which units come back when a change is taken back or made again: those which nobody else has deleted, and
     * for which none stands already.
     *
     * @param asOf the change that does it, which is marked as such; or now, with the marks as they will be
     */
    public List<Integer> revived(int changeLv, boolean again, int asOf) {
        List<Integer> revived = new ArrayList<>();
        for (int root : roots(changeLv, again)) {
            if (isWanted(root, asOf) && visible(root, asOf) == NONE) {
                revived.add(root);
            }
        }
        return revived;
    }

    /** Returns the visible units which go when a change is taken back or made again. */
    public List<Integer> doomed(int changeLv, boolean again, int asOf) {
        List<Integer> doomed = new ArrayList<>();
        for (int root : roots(changeLv, !again)) {
            for (int unit = root; unit != NONE && !isWanted(root, asOf); unit = nextStandIn[unit]) {
                if (isVisible(unit, asOf)) {
                    doomed.add(unit);
                }
            }
        }
        return doomed;
    }

    /** Returns which pieces somebody else has deleted, so that they do not come back with a change. */
    public List<Integer> deletedByOthers(int changeLv, boolean again, int asOf) {
        List<Integer> deleted = new ArrayList<>();
        for (int root : roots(changeLv, again)) {
            boolean others = units.lv(root) != changeLv || again;
            if (others && lineage.counts(units.lv(root), asOf) && isDeletedByOthers(root, changeLv, asOf)) {
                deleted.add(root);
            }
        }
        return deleted;
    }

    private boolean isDeletedByOthers(int root, int changeLv, int asOf) {
        for (int unit = root; unit != NONE; unit = nextStandIn[unit]) {
            for (int n = lastDeletion[unit]; n != NONE; n = deletionBefore[n]) {
                if (units.lv(n) != changeLv && lineage.counts(units.lv(n), asOf)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Tells whether a unit would be there without the changes taken back. */
    public boolean isWanted(int root, int asOf) {
        if (!lineage.counts(units.lv(root), asOf)) {
            return false;
        }
        for (int unit = root; unit != NONE; unit = nextStandIn[unit]) {
            for (int n = lastDeletion[unit]; n != NONE; n = deletionBefore[n]) {
                if (lineage.counts(units.lv(n), asOf)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns a visible unit which stands for a unit, or -1. */
    public int visible(int root, int asOf) {
        for (int unit = root; unit != NONE; unit = nextStandIn[unit]) {
            if (isVisible(unit, asOf)) {
                return unit;
            }
        }
        return NONE;
    }

    /** Tells whether a unit is visible before the change that is asked about. */
    private boolean isVisible(int unit, int asOf) {
        if (units.lv(unit) == asOf || !lineage.knows(asOf, units.lv(unit))) {
            return false;
        }
        for (int n = lastDeletion[unit]; n != NONE; n = deletionBefore[n]) {
            if (units.lv(n) != asOf && lineage.knows(asOf, units.lv(n))) {
                return false;
            }
        }
        return true;
    }
}
