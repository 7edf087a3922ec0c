package dev.cairn.crdt.sequence;

import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
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
    // That stretch is replayed by a Walk, which is kept: a later concurrent change only has to catch up with what came
    // since.
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

    private final int[] scratch = new int[1];
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
            walking().insert(lv, position, content, count, kind);
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
            walking().appended(changeLv);
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

    private Walk walkFrom(int start) {
        return new Walk(graph, log, rope, removed, removals == null ? null : this::tell, start);
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
        if (walk != null && log.size() - walk.fed() > 4 * (walk.fed() - walk.start) + 4096) {
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
        if (current == null || current.start > from || log.size() - from < log.size() - current.fed()) {
            current = walkFrom(from);
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
            replay = walkFrom(0);
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
}
