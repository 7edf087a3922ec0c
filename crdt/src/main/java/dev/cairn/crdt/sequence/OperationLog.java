package dev.cairn.crdt.sequence;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.graph.IntMap;
import java.util.Arrays;

/**
 * The operations on one sequence as their authors made them, run-length encoded.
 *
 * <p>A <em>unit</em> is the insertion or deletion of one code point or element; units are numbered in the order of
 * integration.
 */
final class OperationLog {
    // units   0 1 2 3 4 5 6 7 8
    // spans   [insert at 0,5  ][delete at 3,2][...      consecutive units that one (kind, position) describes
    // changes [lv 7..11, one unit each][lv 12, two ]    the change of a unit
    // blocks  [actor A, run 3 ][run 3 ..............    consecutive changes of one graph run
    //
    // The kinds of insertions are in the order in which concurrent ones stand at one place.
    static final int INSERT_LEFT = 0;
    static final int INSERT = 1;
    static final int INSERT_RIGHT = 2;
    static final int DELETE = 3;
    static final int BACKSPACE = 4;

    private final EventGraph graph;
    private int size;

    private final IntList spanUnit = new IntList();
    private final IntList spanPosition = new IntList();
    private final IntList spanKind = new IntList();

    private final IntList changeUnit = new IntList();
    private final IntList changeLv = new IntList();
    private final IntList changeEach = new IntList();
    private int lastLv = Integer.MIN_VALUE;

    private final IntList blockUnit = new IntList();
    private final IntList blockRun = new IntList();
    private final IntList blockSlot = new IntList();
    private final IntList blockKnowsAll = new IntList();

    // actors which made operations here, in order of appearance
    private final IntMap slotOfActor = new IntMap();
    private final IntList slotActor = new IntList();
    private final IntList slotLastSeq = new IntList();
    private IntList[] slotBlocks = new IntList[2];

    private final boolean backspaces;

    /** Returns an empty log, which joins backward deletions to one span if that is wanted. */
    OperationLog(EventGraph graph, boolean backspaces) {
        this.graph = graph;
        this.backspaces = backspaces;
    }

    int size() {
        return size;
    }

    int slotCount() {
        return slotActor.size();
    }

    int lastRun() {
        return blockRun.size() == 0 ? -1 : blockRun.last();
    }

    /**
     * Appends an operation of a change; changes come in ascending order, and either know everything before them here or
     * not.
     */
    void append(int lv, boolean knowsAll, int kind, int position, int length) {
        boolean sameBlock = block(lv, knowsAll);
        change(lv, length);
        boolean joined = sameBlock && joins(kind, position, length);
        if (!joined) {
            spanUnit.add(size);
            spanPosition.add(position);
            spanKind.add(kind);
        }
        size += length;
        lastLv = lv;
    }

    private boolean block(int lv, boolean knowsAll) {
        if (lv == lastLv) {
            return true;
        }
        int run = graph.runOf(lv);
        int actor = graph.actorOfRun(run);
        boolean same = lastRun() == run;
        if (!same) {
            int slot = slotOfActor.get(actor);
            if (slot < 0) {
                slot = slotActor.size();
                slotOfActor.put(actor, slot);
                slotActor.add(actor);
                slotLastSeq.add(0);
                if (slot == slotBlocks.length) {
                    slotBlocks = Arrays.copyOf(slotBlocks, slot * 2);
                }
                slotBlocks[slot] = new IntList();
            }
            slotBlocks[slot].add(blockUnit.size());
            blockUnit.add(size);
            blockRun.add(run);
            blockSlot.add(slot);
            blockKnowsAll.add(knowsAll ? 1 : 0);
        }
        slotLastSeq.set(blockSlot.last(), graph.seqOf(lv));
        return same;
    }

    private void change(int lv, int length) {
        int last = changeUnit.size() - 1;
        if (lv == lastLv) {
            if (changeEach.get(last) == 0) {
                return;
            }
            if (changeUnit.get(last) == size - 1) {
                changeEach.set(last, 0);
                return;
            }
            entry(size - 1, lv, 0);
            return;
        }
        boolean joins = length == 1
                && last >= 0
                && changeEach.get(last) == 1
                && changeLv.get(last) + size - changeUnit.get(last) == lv;
        if (!joins) {
            entry(size, lv, length == 1 ? 1 : 0);
        }
    }

    private void entry(int unit, int lv, int each) {
        changeUnit.add(unit);
        changeLv.add(lv);
        changeEach.add(each);
    }

    private boolean joins(int kind, int position, int length) {
        int last = spanUnit.size() - 1;
        int lastKind = spanKind.get(last);
        int lastPosition = spanPosition.get(last);
        int lastLength = size - spanUnit.get(last);
        if (kind < DELETE) {
            return lastKind == kind && position == lastPosition + lastLength;
        }
        if (lastKind == DELETE && position == lastPosition) {
            return true;
        }
        boolean back = backspaces
                && length == 1
                && position == lastPosition - lastLength
                && (lastKind == BACKSPACE || (lastKind == DELETE && lastLength == 1));
        if (back) {
            spanKind.set(last, BACKSPACE);
        }
        return back;
    }

    /** Returns the index of the span of a unit. */
    int spanOf(int unit) {
        return spanUnit.floor(unit);
    }

    int spanCount() {
        return spanUnit.size();
    }

    int spanStart(int span) {
        return spanUnit.get(span);
    }

    int spanEnd(int span) {
        return span + 1 < spanUnit.size() ? spanUnit.get(span + 1) : size;
    }

    int spanKind(int span) {
        return spanKind.get(span);
    }

    int spanPosition(int span) {
        return spanPosition.get(span);
    }

    /** Returns the kind of the operation of a unit. */
    int kindOf(int unit) {
        return spanKind.get(spanUnit.floor(unit));
    }

    /** Returns the change of a unit. */
    int lvOf(int unit) {
        int entry = changeUnit.floor(unit);
        return changeLv.get(entry) + (changeEach.get(entry) == 1 ? unit - changeUnit.get(entry) : 0);
    }

    /** Returns the changes of all units. */
    int[] lvs() {
        int[] lvs = new int[size];
        for (int entry = 0; entry < changeUnit.size(); entry++) {
            int from = changeUnit.get(entry);
            int to = entry + 1 < changeUnit.size() ? changeUnit.get(entry + 1) : size;
            for (int unit = from; unit < to; unit++) {
                lvs[unit] = changeLv.get(entry) + (changeEach.get(entry) == 1 ? unit - from : 0);
            }
        }
        return lvs;
    }

    /** Returns how many units belong to changes before that local version. */
    int unitsBefore(int lv) {
        int entry = changeLv.floor(lv - 1);
        if (entry < 0) {
            return 0;
        }
        int stop = entry + 1 < changeUnit.size() ? changeUnit.get(entry + 1) : size;
        return changeEach.get(entry) == 1 ? Math.min(stop, changeUnit.get(entry) + lv - changeLv.get(entry)) : stop;
    }

    /** Returns the index of the block of a unit. */
    int blockOf(int unit) {
        return blockUnit.floor(unit);
    }

    int blockRun(int block) {
        return blockRun.get(block);
    }

    int blockSlot(int block) {
        return blockSlot.get(block);
    }

    /** Tells whether the changes of a block know everything before them here. */
    boolean blockKnowsAll(int block) {
        return blockKnowsAll.get(block) != 0;
    }

    int blockEnd(int block) {
        return block + 1 < blockUnit.size() ? blockUnit.get(block + 1) : size;
    }

    int blockStart(int block) {
        return blockUnit.get(block);
    }

    int slotOf(int actor) {
        return slotOfActor.get(actor);
    }

    /** Returns the blocks of a slot, ascending. */
    IntList blocksOf(int slot) {
        return slotBlocks[slot];
    }

    /** Returns the first unit whose change is not in that past, or {@link #size()}. */
    int firstMissing(int[] past, int ownActor) {
        int first = size;
        for (int slot = 0; slot < slotActor.size(); slot++) {
            int actor = slotActor.get(slot);
            int seq = actor < past.length ? past[actor] : 0;
            if (actor != ownActor && slotLastSeq.get(slot) > seq) {
                first = Math.min(first, firstAfter(slot, seq));
            }
        }
        return first;
    }

    /** Returns the highest sequence number of a slot in that past. */
    int slotSeq(int slot, int[] past) {
        int actor = slotActor.get(slot);
        return actor < past.length ? past[actor] : 0;
    }

    /** Returns the first unit of a slot which belongs to a change after that sequence number, or {@link #size()}. */
    int firstAfter(int slot, int seq) {
        if (slotLastSeq.get(slot) <= seq) {
            return size;
        }
        int known = graph.lvOf(slotActor.get(slot), seq);
        IntList blocks = slotBlocks[slot];
        if (known < 0) {
            return blockUnit.get(blocks.get(0));
        }
        int unit = unitsBefore(known + 1);
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blockEnd(blocks.get(middle)) <= unit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(unit, blockUnit.get(blocks.get(low)));
    }
}
