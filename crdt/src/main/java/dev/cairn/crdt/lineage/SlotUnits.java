package dev.cairn.crdt.lineage;

import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.Slots;
import dev.cairn.crdt.sequence.UnitOrder;
import java.util.Arrays;

/** Which unit of a movable list's sequence is which slot: both are numbered in the order in which they were made. */
public final class SlotUnits {
    private final int[] units;
    private final int[] slots;

    /** Numbers the slots of a list by the order of its units. */
    public SlotUnits(MovableListContainer list, UnitOrder order) {
        this.units = new int[list.slots().size()];
        this.slots = new int[order.operations()];
        Arrays.fill(slots, Slots.NONE);
        int slot = 0;
        for (int n = 0; n < slots.length; n++) {
            if (order.target(n) < 0) {
                slots[n] = slot;
                units[slot++] = n;
            }
        }
    }

    /** Returns the unit of a slot. */
    public int unit(int slot) {
        return units[slot];
    }

    /** Returns the slot of a unit. */
    public int slot(int unit) {
        return slots[unit];
    }
}
