package dev.cairn.crdt.sequence;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.graph.IntMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replay of the history since a critical place. */
final class Walk implements ItemOrder.Ties, ItemTree.Effects {
    // The replay goes through an ItemTree with as many placeholders as units were visible at the critical place. It
    // knows several versions at once, so that changes of branches which come by turns do not take each other back and
    // forth. A change which knows everything before it is replayed on the final state, whatever the current version is,
    // and stays outside of the current version: so it costs no way to and fro. Unit numbers in the tree are relative to
    // its start.
    private static final int UNKNOWN_LENGTH = 1 << 29;

    /** How many units away another version is looked for. */
    private static final int FAR = 64;

    /** How many spans must have been toggled per span that is copied: a copy is dear only where it is never used. */
    private static final long STEPS_PER_COPY = 1;

    /** How many versions one replay keeps: as many devices can type by turns without one another being taken back. */
    private static final int KEPT_MAX = 64;

    /** How many versions it keeps of a stretch so long that they would take much memory. */
    private static final int KEPT_OF_LONG = 16;

    /** How many spans all versions may have together if there are more than {@link #KEPT_OF_LONG}. */
    private static final int KEPT_SPANS_MAX = 1 << 22;

    private final EventGraph graph;
    private final OperationLog log;
    private final IntRope rope;
    private final RemovedContent removed;

    /** Is told what is deleted; nobody is, of a text. */
    private final Sequence.@Nullable Removals removals;

    final int start;
    final ItemTree tree;
    private final IntMap removedItems = new IntMap();
    private int fed;
    private final List<Reached> kept = new ArrayList<>();
    private Reached at;
    private long stepsBefore;
    private long moves;
    private boolean silent = true;
    private int lv;
    private int kind;
    private int baseLength = UNKNOWN_LENGTH;
    private int[] content = {};

    Walk(
            EventGraph graph,
            OperationLog log,
            IntRope rope,
            RemovedContent removed,
            Sequence.@Nullable Removals removals,
            int start) {
        this.graph = graph;
        this.log = log;
        this.rope = rope;
        this.removed = removed;
        this.removals = removals;
        this.start = start;
        this.fed = start;
        this.tree = new ItemTree(this, UNKNOWN_LENGTH);
        this.at = new Reached(start);
        kept.add(at);
    }

    /** Feeds what was applied without this tree. */
    void catchUp() {
        silent = true;
        tree.reserve(log.size() - start);
        while (fed < log.size()) {
            int block = log.blockOf(fed);
            if (log.blockKnowsAll(block)) {
                feed(log.blockEnd(block), true);
                continue;
            }
            int run = log.blockRun(block);
            int slot = log.blockSlot(block);
            moveTo(graph.pastOf(run), slot, graph.seqOf(log.lvOf(fed)) - 1);
            feed(log.blockEnd(block), false);
            at.own = fed;
        }
        silent = false;
        baseLength = rope.size() - (tree.finalLength() - UNKNOWN_LENGTH);
    }

    /** Feeds units of a block, as operations on the final state if its changes know everything before. */
    private void feed(int to, boolean onFinal) {
        for (int span = log.spanOf(fed); fed < to; span++) {
            int until = Math.min(to, log.spanEnd(span));
            int skipped = fed - log.spanStart(span);
            int length = until - fed;
            int position = log.spanPosition(span);
            int unit = fed - start;
            switch (log.spanKind(span)) {
                case OperationLog.INSERT_LEFT, OperationLog.INSERT, OperationLog.INSERT_RIGHT ->
                    insert(position + skipped, unit, length, onFinal);
                case OperationLog.DELETE -> delete(position, unit, length, false, onFinal);
                case OperationLog.BACKSPACE -> delete(position - skipped - length + 1, unit, length, true, onFinal);
            }
            fed = until;
        }
    }

    private void insert(int position, int unit, int length, boolean onFinal) {
        if (onFinal) {
            tree.insertFinal(position, unit, length);
        } else {
            tree.insert(position, unit, length, this);
        }
    }

    private void delete(int position, int unit, int length, boolean reversed, boolean onFinal) {
        if (onFinal) {
            tree.deleteFinal(position, unit, length, reversed, this);
        } else {
            tree.delete(position, unit, length, reversed, this);
        }
    }

    /** Moves the current version to that past, with the own actor up to that sequence number. */
    void moveTo(int[] past, int slot, int ownSeq) {
        for (Reached each : kept) {
            each.grow(log.slotCount());
        }
        at.settle();
        long way = way(at, past, slot, ownSeq, Long.MAX_VALUE);
        if (way > FAR) {
            way = chooseNearest(past, slot, ownSeq, way);
        }
        at.lastUsed = ++moves;
        if (way > FAR) {
            keepThisOne();
        }
        go(past, slot, ownSeq);
        at.ownSlot = slot;
        at.own = slot < 0 ? start : at.units[slot];
    }

    private int target(int slot, int seq) {
        return Math.max(start, Math.min(log.firstAfter(slot, seq), fed));
    }

    /** Returns how many units there are to toggle between a version and a past, or more than enough. */
    private long way(Reached from, int[] past, int slot, int ownSeq, long enough) {
        long way = 0;
        for (int i = 0; i < log.slotCount() && way <= enough; i++) {
            int seq = i == slot ? ownSeq : log.slotSeq(i, past);
            if (seq != from.seqs[i]) {
                way += Math.abs(target(i, seq) - from.units[i]);
            }
        }
        return way;
    }

    private long chooseNearest(int[] past, int slot, int ownSeq, long wayFromHere) {
        int nearest = kept.indexOf(at);
        long least = wayFromHere;
        for (int i = 0; i < kept.size(); i++) {
            long way = kept.get(i) == at ? least : way(kept.get(i), past, slot, ownSeq, least);
            if (way < least) {
                least = way;
                nearest = i;
            }
        }
        if (kept.get(nearest) != at) {
            at = kept.get(nearest);
            tree.use(nearest);
        }
        return least;
    }

    /** Leaves the version here for later, if a copy costs little beside what was toggled since the last one. */
    private void keepThisOne() {
        if (tree.steps() - stepsBefore < STEPS_PER_COPY * tree.size()) {
            return;
        }
        stepsBefore = tree.steps();
        int index = kept.size();
        if (index < Math.max(KEPT_OF_LONG, Math.min(KEPT_MAX, KEPT_SPANS_MAX / tree.size()))) {
            kept.add(new Reached(at));
        } else {
            index = kept.indexOf(Collections.min(kept, Comparator.comparingLong(each -> each.lastUsed)));
            kept.set(index, new Reached(at));
        }
        tree.keepCopy(index);
    }

    private void go(int[] past, int slot, int ownSeq) {
        for (int i = 0; i < log.slotCount(); i++) {
            int seq = i == slot ? ownSeq : log.slotSeq(i, past);
            if (seq != at.seqs[i]) {
                at.seqs[i] = seq;
                goTo(i, target(i, seq));
            }
        }
    }

    private void goTo(int slot, int target) {
        int from = at.units[slot];
        if (target < from) {
            toggle(slot, target, from, -1);
        } else if (target > from) {
            toggle(slot, from, target, 1);
        }
        at.units[slot] = target;
    }

    /** Notes that an operation which went through the tree is now in the log. */
    void appended(int byLv) {
        fed = log.size();
        at.own = fed;
        at.ownSlot = log.slotOf(graph.actorOf(byLv));
    }

    private void toggle(int slot, int from, int to, int by) {
        IntList blocks = log.blocksOf(slot);
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (log.blockEnd(blocks.get(middle)) <= from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low; i < blocks.size() && log.blockStart(blocks.get(i)) < to; i++) {
            int first = Math.max(from, log.blockStart(blocks.get(i)));
            int last = Math.min(to, log.blockEnd(blocks.get(i)));
            toggleUnits(first, last, by);
        }
    }

    private void toggleUnits(int from, int to, int by) {
        int unit = from;
        for (int span = log.spanOf(from); unit < to; span++) {
            int until = Math.min(to, log.spanEnd(span));
            if (log.spanKind(span) < OperationLog.DELETE) {
                tree.toggle(unit - start, until - unit, by);
            } else {
                tree.toggleTargets(unit - start, until - start, by);
            }
            unit = until;
        }
    }

    /** Returns how many units of the log the tree has. */
    int fed() {
        return fed;
    }

    int length() {
        return tree.currentLength() - UNKNOWN_LENGTH + baseLength;
    }

    void insert(int byLv, int position, int[] units, int count, int ofKind) {
        lv = byLv;
        content = units;
        kind = ofKind;
        tree.insert(position, log.size() - start, count, this);
    }

    void delete(int byLv, int position, int count) {
        lv = byLv;
        tree.delete(position, log.size() - start, count, false, this);
    }

    int unitAt(int position) {
        tree.seek(position);
        int last = tree.soughtFinal();
        return last >= 0 ? rope.get(last) : removed.get(removedItems.get(tree.soughtItem()));
    }

    /** As in the rope, at the current version; a shorter run than there is may be returned. */
    int plainRun(int position, int most) {
        tree.seek(position);
        int run = Math.min(most, tree.soughtRun());
        int last = tree.soughtFinal();
        return last >= 0 ? rope.plainRun(last, run) : run;
    }

    @Override
    public boolean before(int unit, int other) {
        boolean isLogged = unit + start < log.size();
        int byClass = (isLogged ? log.kindOf(unit + start) : kind) - log.kindOf(other + start);
        if (byClass != 0) {
            return byClass < 0;
        }
        int mine = isLogged ? log.lvOf(unit + start) : lv;
        int theirs = log.lvOf(other + start);
        int byActor = graph.actorId(graph.actorOf(mine)).compareTo(graph.actorId(graph.actorOf(theirs)));
        return byActor != 0 ? byActor < 0 : unit < other;
    }

    @Override
    public void inserted(int position, int count) {
        if (!silent) {
            rope.insert(position, content, 0, count);
        }
    }

    @Override
    public void deleted(int position, int unit, int target, int count) {
        if (removals != null) {
            noteRemoved(removals, position, unit, target, count);
        }
        if (!silent) {
            rope.delete(position, count);
        }
    }

    private void noteRemoved(Sequence.Removals removals, int position, int unit, int target, int count) {
        for (int i = 0; i < count; i++) {
            int by = unit + start + i;
            int index = silent ? removed.find(by) : removed.add(by, rope.get(position + i));
            removedItems.put(target + i, index);
            if (!silent) {
                removals.removed(removed.get(index), lv);
            }
        }
    }

    @Override
    public void deletedAgain(int target, int count) {
        if (removals == null || silent) {
            return;
        }
        for (int i = 0; i < count; i++) {
            removals.removed(removed.get(removedItems.get(target + i)), lv);
        }
    }
}
