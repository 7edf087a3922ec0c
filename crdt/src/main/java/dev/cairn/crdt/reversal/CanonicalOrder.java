package dev.cairn.crdt.reversal;

import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.lineage.StandIns;
import dev.cairn.crdt.sequence.UnitOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** All units of a sequence, with those which stand for others next to these, and what was inserted behind them too. */
final class CanonicalOrder {
    // A unit that comes back is inserted behind the visible unit before it, and so it may stand before units deleted
    // earlier which it stood behind once:
    //
    //   order        L  b' Z  x  b       x and b are deleted; b' stands for b; Z was typed behind b'
    //   canonical    L  x  b  b' Z       x, if it comes back, goes between L and b'
    //
    // The block of b' is b' itself and all units right behind it whose left origins lead to it. Where several units
    // stand for b they come first, and then what was inserted behind each of them.
    private static final int NONE = -1;

    private final StandIns lineage;
    private final UnitOrder units;

    // by index in the order: the index of the unit that begins its block, or NONE; the next unit of the same block
    private final int[] block;
    private final int[] nextOfBlock;
    private final int[] indexes;
    private final IntList order = new IntList();

    CanonicalOrder(UnitOrder units, StandIns lineage) {
        this.lineage = lineage;
        this.units = units;
        this.indexes = units.indexes();
        this.block = new int[units.size()];
        this.nextOfBlock = new int[units.size()];
        int[] last = new int[units.size()];
        for (int i = 0; i < units.size(); i++) {
            int unit = units.unit(i);
            int left = units.leftOrigin(i);
            nextOfBlock[i] = NONE;
            if (lineage.root(unit) != unit) {
                block[i] = i;
            } else {
                block[i] = left < 0 ? NONE : block[indexes[left]];
            }
            if (block[i] != NONE) {
                if (block[i] != i) {
                    nextOfBlock[last[block[i]]] = i;
                }
                last[block[i]] = i;
            }
        }
        for (int i = 0; i < units.size(); i++) {
            if (block[i] == NONE) {
                add(i);
            }
        }
    }

    private void add(int first) {
        Deque<Integer> open = new ArrayDeque<>();
        open.push(first);
        while (!open.isEmpty()) {
            int i = open.pop();
            int unit = units.unit(i);
            order.add(unit);
            if (nextOfBlock[i] != NONE) {
                open.push(nextOfBlock[i]);
            }
            if (lineage.root(unit) == unit) {
                addStandIns(lineage.standIns(unit), open);
            }
        }
    }

    /** Adds all stand-ins of a unit, then what was inserted behind each, the newest first. */
    private void addStandIns(List<Integer> standIns, Deque<Integer> open) {
        for (int i = standIns.size() - 1; i > 0; i--) {
            order.add(standIns.get(i));
            int next = nextOfBlock[indexes[standIns.get(i)]];
            if (next != NONE) {
                open.push(next);
            }
        }
    }

    int size() {
        return order.size();
    }

    int unit(int index) {
        return order.get(index);
    }
}
