package dev.cairn.crdt.reversal;

import dev.cairn.crdt.document.ElementLog;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.Slots;
import dev.cairn.crdt.lineage.Lineage;
import dev.cairn.crdt.lineage.PieceLineage;
import dev.cairn.crdt.lineage.SlotUnits;
import dev.cairn.crdt.lineage.StandIns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Which slots of a movable list stand for which: those of a mechanical change, a move or an insertion, for the places
 * which the others would have given the elements.
 */
final class SlotLineage implements StandIns {
    private final Lineage lineage;
    private final MovableListContainer list;
    private final SlotUnits units;

    // by slot: the element it is for at the root; by element: its last slot; by slot: the one before it of that element
    private final int[] rootOf;
    private final int[] last;
    private final int[] before;

    // by slot: the one it stands for, or itself
    private final int[] meant;

    // by slot: the first and the next slot that stand for it
    private final int[] firstStandIn;
    private final int[] nextStandIn;

    SlotLineage(Lineage lineage, MovableListContainer list, PieceLineage elements, ElementLog log, SlotUnits units) {
        this.lineage = lineage;
        this.list = list;
        this.units = units;
        int size = list.slots().size();
        this.rootOf = new int[size];
        this.last = filled(log.operations());
        this.before = filled(size);
        this.meant = new int[size];
        this.firstStandIn = filled(size);
        this.nextStandIn = filled(size);
        for (int slot = 0; slot < size; slot++) {
            rootOf[slot] = elements.root(log.pieceOf(list.slots().elementOf(slot)));
            before[slot] = last[rootOf[slot]];
            last[rootOf[slot]] = slot;
        }
        for (int slot = 0; slot < size; slot++) {
            meant[slot] = find(slot);
            if (meant[slot] != slot) {
                nextStandIn[slot] = firstStandIn[meant[slot]];
                firstStandIn[meant[slot]] = slot;
            }
        }
    }

    private static int[] filled(int size) {
        int[] array = new int[size];
        Arrays.fill(array, Slots.NONE);
        return array;
    }

    private int find(int slot) {
        int lv = list.slots().lvOfSlot(slot);
        if (!lineage.isMechanical(lv)) {
            return slot;
        }
        int found = place(rootOf[slot], other -> lineage.counts(other, lv));
        return found == Slots.NONE ? slot : found;
    }

    /** Returns where an element would stand if only some changes had put it somewhere; {@link Slots#NONE} if none. */
    int place(int root, IntPredicate changes) {
        int best = Slots.NONE;
        for (int slot = last[root]; slot != Slots.NONE; slot = before[slot]) {
            boolean counts = changes.test(list.slots().lvOfSlot(slot));
            if (counts && (best == Slots.NONE || list.slots().compare(slot, best) > 0)) {
                best = slot;
            }
        }
        return best;
    }

    /** Tells whether a change moved an element, or inserted it. */
    boolean isOf(int root, int lv) {
        for (int slot = last[root]; slot != Slots.NONE; slot = before[slot]) {
            if (list.slots().lvOfSlot(slot) == lv) {
                return true;
            }
        }
        return false;
    }

    /** Returns the slot for which a slot stands, or that one. */
    int meant(int slot) {
        return meant[slot];
    }

    @Override
    public int root(int unit) {
        return units.unit(meant[units.slot(unit)]);
    }

    @Override
    public List<Integer> standIns(int unit) {
        List<Integer> all = new ArrayList<>();
        int root = meant[units.slot(unit)];
        all.add(units.unit(root));
        for (int slot = firstStandIn[root]; slot != Slots.NONE; slot = nextStandIn[slot]) {
            all.add(units.unit(slot));
        }
        return all;
    }
}
