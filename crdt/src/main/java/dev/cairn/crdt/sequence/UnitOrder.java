package dev.cairn.crdt.sequence;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Every unit that was ever inserted into a sequence, in the order in which they stand, deleted ones included; and who
 * deleted which.
 *
 * <p>Operations are numbered one per unit, insertions and deletions alike, in the order of integration; an inserted
 * unit has the number of its insertion. Immutable.
 */
public final class UnitOrder {
    private static final int NONE = -1;

    private final int[] units;
    private final int[] leftOrigins;
    private final int[] lvs;
    private final int[] targets;
    private final OperationLog log;

    UnitOrder(OperationLog log, ItemTree tree) {
        this.log = log;
        this.lvs = log.lvs();
        this.targets = new int[lvs.length];
        int inserted = 0;
        for (int span = 0; span < log.spanCount(); span++) {
            boolean insertion = log.spanKind(span) < OperationLog.DELETE;
            for (int n = log.spanStart(span); n < log.spanEnd(span); n++) {
                targets[n] = insertion ? NONE : tree.target(n);
            }
            inserted += insertion ? log.spanEnd(span) - log.spanStart(span) : 0;
        }
        this.units = new int[inserted];
        this.leftOrigins = new int[inserted];
        int[] filled = {0};
        tree.forEach((first, length, left) -> {
            for (int i = 0; i < length; i++) {
                units[filled[0]] = first + i;
                leftOrigins[filled[0]++] = i == 0 ? left : first + i - 1;
            }
        });
        if (filled[0] != inserted) {
            throw new IllegalStateException(inserted + " units were inserted and " + filled[0] + " are in order");
        }
    }

    /** Returns how many units there are. */
    public int size() {
        return units.length;
    }

    /** Returns the unit at an index of the order. */
    public int unit(int index) {
        return units[index];
    }

    /** Returns the unit behind which the unit at an index of the order was inserted, or -1 for the beginning. */
    public int leftOrigin(int index) {
        return leftOrigins[index];
    }

    /** Returns how many operations there are. */
    public int operations() {
        return lvs.length;
    }

    /** Returns the change of an operation. */
    public int lv(int operation) {
        return lvs[operation];
    }

    /** Returns the unit which an operation deleted, or -1 for an insertion. */
    public int target(int operation) {
        return targets[operation];
    }

    /** Returns the first operation of a change, or where it would be. */
    public int first(int lv) {
        return log.unitsBefore(lv);
    }

    /** Tells by unit which are visible at a version, given by its changes. */
    public boolean[] visible(IntPredicate version) {
        boolean[] visible = new boolean[lvs.length];
        Changes changes = new Changes(version);
        for (int n = 0; n < lvs.length; n++) {
            visible[n] = targets[n] == NONE && changes.contain(lvs[n]);
        }
        for (int n = 0; n < lvs.length; n++) {
            if (targets[n] != NONE && visible[targets[n]] && changes.contain(lvs[n])) {
                visible[targets[n]] = false;
            }
        }
        return visible;
    }

    /** Returns by unit its index in the order; -1 for deletions. */
    public int[] indexes() {
        int[] indexes = new int[lvs.length];
        Arrays.fill(indexes, NONE);
        for (int i = 0; i < units.length; i++) {
            indexes[units[i]] = i;
        }
        return indexes;
    }

    /** A version which remembers its last answer: consecutive operations are often of one change. */
    private static final class Changes {
        private final IntPredicate version;
        private int lastLv = Integer.MIN_VALUE;
        private boolean last;

        Changes(IntPredicate version) {
            this.version = version;
        }

        boolean contain(int lv) {
            if (lv != lastLv) {
                lastLv = lv;
                last = version.test(lv);
            }
            return last;
        }
    }
}
