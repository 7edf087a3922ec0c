package dev.cairn.crdt.sequence;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.graph.IntMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One text or list: its live content, and what it takes to merge concurrent operations into it.
 *
 * <p>Units of content are ints. Those of a list are references to elements, any int. Those of a text are code points
 * and <em>anchors</em>, which are negative: an anchor has a place and counts in positions, but it is no part of the
 * string and deleting the text around it leaves it there. Changes must be applied in ascending order of their local
 * versions.
 */
public final class Sequence {
    // A change which knows everything before it that concerns this sequence is applied to the rope as it is. The places
    // between units where that holds for everything later are the critical ones:
    //
    //   units      0 ....... 40 ....... 60 ........ size
    //   critical   [0      40]          [60   size]         intervals, ascending
    //
    // A change which does not know the units from m on needs the history since the last critical place at or before m.
    // That stretch is replayed through an ItemTree, with as many placeholders as units were visible there, and the tree
    // is kept: a later concurrent change only has to catch up with what came since. It knows several versions at once,
    // so
    // that changes of branches which come by turns do not take each other back and forth. A change which knows
    // everything
    // before it is replayed on the final state, whatever the current version is, and stays outside of the current
    // version: so it costs no way to and fro. Unit numbers in the tree are relative to its start.
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
    private final IntRope rope = new IntRope();
    private final IntList criticalFrom = new IntList();
    private final IntList criticalTo = new IntList();

    private int changeLv = Integer.MIN_VALUE;
    private boolean direct;
    private @Nullable Walk walk;

    /** A replay of everything, once somebody has asked for it. */
    private @Nullable Walk whole;

    private int[] scratch = new int[16];
    private final RemovedContent removed = new RemovedContent();
    private boolean telling = true;

    /** Is told which negative unit a deletion took away: once, and again for every concurrent deletion of it. */
    public interface Removals {
        /** The change deleted the unit. */
        void removed(int content, int lv);
    }

    private final @Nullable Removals removals;

    /** Returns an empty list, whose removals are reported; or an empty text if nobody wants to know them. */
    public Sequence(EventGraph graph, @Nullable Removals removals) {
        this.graph = graph;
        this.removals = removals;
        this.log = new OperationLog(graph, removals == null);
        criticalFrom.add(0);
        criticalTo.add(0);
    }

    /** Sets the content at the base of the graph, before any operation. */
    public void load(int[] content) {
        rope.insert(0, content, 0, content.length);
    }

    /** Returns how many units there are. */
    public int size() {
        return rope.size();
    }

    /** Returns the length of a text in UTF-16 code units. */
    public int utf16Length() {
        return rope.utf16Length();
    }

    /** Returns the unit at the index. */
    public int get(int index) {
        return rope.get(index);
    }

    /**
     * Returns the position behind the character before a UTF-16 index, and so before all anchors there; or -1 if the
     * index is inside a surrogate pair.
     */
    public int fromUtf16(int index) {
        return rope.fromUtf16(index);
    }

    /** Returns the first position from that one on at which there is no anchor: of a character, or the end. */
    public int behindAnchors(int position) {
        return rope.behindAnchors(position);
    }

    /** Visits the anchors of a text in order. */
    public void anchors(Anchors visitor) {
        rope.anchors(visitor);
    }

    /** Returns the content of a text as a view which never changes. */
    public TextContent text() {
        return new TextContent(rope.snapshot());
    }

    /** Visits all units in order, part by part; some may be empty. */
    public void parts(Consumer<Part> visitor) {
        rope.parts(visitor);
    }

    /** Returns a copy of the content. */
    public int[] toArray() {
        return rope.snapshot().toArray();
    }

    /** Inserts units; false if the position is outside at the author's version, and then nothing happens. */
    public boolean insert(int lv, int position, int[] content, int count) {
        return insert(lv, position, content, count, OperationLog.INSERT);
    }

    /**
     * Inserts an anchor into a text; false if the position is outside at the author's version, and then nothing
     * happens.
     */
    public boolean insertAnchor(int lv, int position, int unit, AnchorSide side) {
        scratch[0] = unit;
        return insert(lv, position, scratch, 1, side.kind);
    }

    private boolean insert(int lv, int position, int[] content, int count, int kind) {
        start(lv);
        if (position > length()) {
            return false;
        }
        if (direct) {
            noteDirect(count);
            rope.insert(position, content, 0, count);
        } else {
            walking().insert(position, content, count, kind);
        }
        log.append(lv, direct, kind, position, count);
        walkedAlong();
        return true;
    }

    /** Inserts one unit; false if the position is outside at the author's version, and then nothing happens. */
    public boolean insert(int lv, int position, int unit) {
        start(lv);
        if (!direct) {
            scratch[0] = unit;
            return insert(lv, position, scratch, 1, OperationLog.INSERT);
        }
        if (position > rope.size()) {
            return false;
        }
        noteDirect(1);
        rope.insert(position, unit);
        log.append(lv, direct, OperationLog.INSERT, position, 1);
        return true;
    }

    /**
     * Deletes units, but no anchors of a text; false if some are outside at the author's version, and then nothing
     * happens.
     */
    public boolean delete(int lv, int position, int count) {
        start(lv);
        if (count > length() - position) {
            return false;
        }
        if (removals != null || rope.anchors() == 0) {
            remove(lv, position, count);
        } else {
            removeCharacters(lv, position, count);
        }
        return true;
    }

    /** Deletes what is not an anchor, as one operation for each stretch between anchors. */
    private void removeCharacters(int lv, int position, int count) {
        int at = position;
        int left = count;
        while (left > 0) {
            int run = direct ? rope.plainRun(at, left) : walking().plainRun(at, left);
            if (run > 0) {
                remove(lv, at, run);
                left -= run;
            } else {
                at -= run;
                left += run;
            }
        }
    }

    private void remove(int lv, int position, int count) {
        if (direct) {
            reportDirect(lv, position, count);
            noteDirect(count);
            rope.delete(position, count);
        } else {
            walking().delete(lv, position, count);
        }
        log.append(lv, direct, OperationLog.DELETE, position, count);
        walkedAlong();
    }

    /**
     * Returns the content of a unit of a list at the version at which a change was made, what it did so far included;
     * also if the unit was deleted concurrently.
     *
     * @throws IndexOutOfBoundsException if there is no such unit at the author's version
     */
    public int unitAt(int lv, int position) {
        start(lv);
        Objects.checkIndex(position, length());
        return direct ? rope.get(position) : walking().unitAt(position);
    }

    /**
     * Deletes one unit of a list and returns its content, without a report: it is about to be put elsewhere.
     *
     * @throws IndexOutOfBoundsException if there is no such unit at the author's version
     */
    public int take(int lv, int position) {
        int content = unitAt(lv, position);
        telling = false;
        remove(lv, position, 1);
        telling = true;
        return content;
    }

    /** Returns how many units there are at the version at which a change was made, what it did so far included. */
    public int lengthAt(int lv) {
        start(lv);
        return length();
    }

    private int length() {
        return direct ? rope.size() : walking().length();
    }

    private Walk walking() {
        if (walk == null) {
            throw new IllegalStateException("a concurrent change without a walk");
        }
        return walk;
    }

    private void walkedAlong() {
        if (!direct) {
            walking().appended();
        }
    }

    private void reportDirect(int lv, int position, int count) {
        if (removals == null) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int content = rope.get(position + i);
            removed.add(log.size() + i, content);
            tell(content, lv);
        }
    }

    private void tell(int content, int lv) {
        if (content < 0 && telling && removals != null) {
            removals.removed(content, lv);
        }
    }

    /** Finds out how a change is to be applied, at its first operation. */
    private void start(int lv) {
        if (lv == changeLv) {
            return;
        }
        changeLv = lv;
        int run = graph.runOf(lv);
        if (graph.runDominates(run)) {
            direct = true;
            return;
        }
        if (run == log.lastRun() && (direct || walk != null)) {
            return;
        }
        int[] past = graph.pastOf(run);
        int missing = log.firstMissing(past, graph.actorOfRun(run));
        direct = missing == log.size();
        if (!direct) {
            startWalk(lv, run, past, missing);
        }
    }

    private void noteDirect(int count) {
        int last = criticalTo.size() - 1;
        int size = log.size();
        if (last >= 0 && criticalTo.get(last) == size) {
            criticalTo.set(last, size + count);
        } else {
            criticalFrom.add(size);
            criticalTo.add(size + count);
        }
        dropWalkIfCold();
    }

    private void dropWalkIfCold() {
        if (walk != null && log.size() - walk.fed > 4 * (walk.fed - walk.start) + 4096) {
            walk = null;
        }
    }

    private void startWalk(int lv, int run, int[] past, int missing) {
        int last = criticalTo.size() - 1;
        while (criticalFrom.get(last) > missing) {
            last--;
        }
        criticalFrom.truncate(last + 1);
        criticalTo.truncate(last + 1);
        criticalTo.set(last, Math.min(criticalTo.get(last), missing));
        int from = criticalTo.get(last);
        Walk current = walk;
        if (current == null || current.start > from || log.size() - from < log.size() - current.fed) {
            current = new Walk(from);
            walk = current;
        }
        current.catchUp();
        current.moveTo(past, log.slotOf(graph.actorOfRun(run)), graph.seqOf(lv) - 1);
    }

    /** Returns how many units were ever inserted or deleted, each deletion counted. */
    public int operations() {
        return log.size();
    }

    /** Tells whether a change inserted or deleted anything. */
    public boolean isEditedBy(int lv) {
        return log.unitsBefore(lv) < log.unitsBefore(lv + 1);
    }

    /** Returns all units ever inserted; only of a sequence which was not loaded, but made of all its operations. */
    public UnitOrder units() {
        Walk replay = whole;
        if (replay == null) {
            replay = new Walk(0);
            whole = replay;
        }
        replay.catchUp();
        return new UnitOrder(log, replay.tree);
    }

    /** Returns how many steps the replay of the current window took. */
    long replaySteps() {
        return walk == null ? 0 : walk.tree.steps();
    }

    /** Checks the counts of the content. */
    public void check() {
        rope.check();
    }

    /** Which version of a replay is which: per slot, up to where its units are in it. */
    private static final class Reached {
        static final int UNKNOWN_SEQ = -1;

        final int start;
        int[] units = {};
        int[] seqs = {};
        int own;
        int ownSlot = -1;
        long lastUsed;

        Reached(int start) {
            this.start = start;
        }

        Reached(Reached other) {
            this.start = other.start;
            this.units = other.units.clone();
            this.seqs = other.seqs.clone();
            this.own = other.own;
            this.ownSlot = other.ownSlot;
            this.lastUsed = other.lastUsed;
        }

        void grow(int slots) {
            int old = units.length;
            if (slots > old) {
                units = Arrays.copyOf(units, Math.max(4, slots * 2));
                seqs = Arrays.copyOf(seqs, units.length);
                Arrays.fill(units, old, units.length, start);
                Arrays.fill(seqs, old, seqs.length, UNKNOWN_SEQ);
            }
        }

        /** Takes the operations of the actor who went on from this version into account. */
        void settle() {
            if (ownSlot >= 0 && own > units[ownSlot]) {
                units[ownSlot] = own;
                seqs[ownSlot] = UNKNOWN_SEQ;
            }
        }
    }

    /** A replay of the history since a critical place. */
    private final class Walk implements ItemTree.Ties, ItemTree.Effects {
        private final int start;
        private final ItemTree tree;
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

        Walk(int start) {
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
        void appended() {
            fed = log.size();
            at.own = fed;
            at.ownSlot = log.slotOf(graph.actorOf(changeLv));
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

        int length() {
            return tree.currentLength() - UNKNOWN_LENGTH + baseLength;
        }

        void insert(int position, int[] units, int count, int ofKind) {
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
            int mine = isLogged ? log.lvOf(unit + start) : changeLv;
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
                noteRemoved(position, unit, target, count);
            }
            if (!silent) {
                rope.delete(position, count);
            }
        }

        private void noteRemoved(int position, int unit, int target, int count) {
            for (int i = 0; i < count; i++) {
                int by = unit + start + i;
                int index = silent ? removed.find(by) : removed.add(by, rope.get(position + i));
                removedItems.put(target + i, index);
                if (!silent) {
                    tell(removed.get(index), lv);
                }
            }
        }

        @Override
        public void deletedAgain(int target, int count) {
            if (removals == null || silent) {
                return;
            }
            for (int i = 0; i < count; i++) {
                tell(removed.get(removedItems.get(target + i)), lv);
            }
        }
    }
}
