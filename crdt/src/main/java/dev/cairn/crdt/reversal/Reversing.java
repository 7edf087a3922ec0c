package dev.cairn.crdt.reversal;

import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Journal;
import dev.cairn.crdt.editing.Editing;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.lineage.ContainerRef;
import dev.cairn.crdt.lineage.Lineage;
import dev.cairn.crdt.lineage.Past;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One taking back of a change in one document: which change, what counts before and with it, and what has to be left as
 * it is.
 */
final class Reversing {
    private final Past past;
    private final EventGraph graph;
    private final Editing editing;
    private final int changeLv;
    private final boolean again;
    private final int byLv;
    private final Lineage before;
    private final Lineage after;

    // containers that are about to go: what is inside of them stays as it is
    private final Set<Container> leaving = new HashSet<>();

    // containers in which somebody has worked later, and those around them
    private @Nullable Set<Container> worked;

    private final Set<LeftAlone> left = new LinkedHashSet<>();

    Reversing(Past past, Editing editing, int changeLv, boolean again, int byLv) {
        this.past = past;
        this.graph = past.document().graph();
        this.editing = editing;
        this.changeLv = changeLv;
        this.again = again;
        this.byLv = byLv;
        this.before = past.lineage();
        this.after = new Lineage(past, new Journal.TakenBack(byLv, changeLv, again));
    }

    Past past() {
        return past;
    }

    Editing editing() {
        return editing;
    }

    /** Returns the change that is taken back or made again. */
    int changeLv() {
        return changeLv;
    }

    boolean again() {
        return again;
    }

    /** Returns the change which does it. */
    int byLv() {
        return byLv;
    }

    Lineage before() {
        return before;
    }

    Lineage after() {
        return after;
    }

    boolean countsBefore(int lv) {
        return before.counts(lv, Lineage.NOW);
    }

    boolean countsAfter(int lv) {
        return after.counts(lv, Lineage.NOW);
    }

    /** Tells whether a change counts which somebody made without knowing of the change, or after it. */
    boolean isLater(int lv) {
        return lv != changeLv && !graph.inPast(lv, changeLv) && countsAfter(lv);
    }

    Value value(int content) {
        return ValueCodec.read(
                past.document().log().array(content), past.document().log().offset(content));
    }

    Container container(int content) {
        return past.document().containers().get(~content);
    }

    /** Tells whether two contents of the past are the same: one container, or equal scalars. */
    boolean isSame(int one, int other) {
        return one == other || (one >= 0 && other >= 0 && value(one).equals(value(other)));
    }

    /** Returns the container as it is now; null if it is not there. */
    @Nullable
    Container live(Container container) {
        return ContainerRef.counterpart(container, past.document(), editing.document());
    }

    /** Returns the container as it is now. */
    Container live(int content) {
        Container container = live(container(content));
        if (container == null) {
            throw new IllegalStateException("a container of the past is not there now");
        }
        return container;
    }

    // ---- what goes, and what must not

    void leaves(Container container) {
        leaving.add(container);
    }

    boolean isLeaving(Container container) {
        for (Container around = container; around != null; around = around.parent()) {
            if (leaving.contains(around)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether somebody edited a container, or one inside of it, without knowing or after the change. */
    boolean isWorkedIn(Container container) {
        Set<Container> known = worked;
        if (known == null) {
            known = new HashSet<>();
            for (Container inner : past.document().containers()) {
                for (Container c = isEditedLater(inner) ? inner : null; c != null; c = c.parent()) {
                    known.add(c);
                }
            }
            worked = known;
        }
        return known.contains(container);
    }

    private boolean isEditedLater(Container container) {
        IntList edits = container.edits();
        for (int i = 0; i < edits.size(); i += 2) {
            for (int lv = edits.get(i); lv <= edits.get(i + 1); lv++) {
                if (isLater(lv)) {
                    return true;
                }
            }
        }
        return false;
    }

    // ---- what is left as it is

    void left(List<Step> path, LeftAlone.Reason reason) {
        left.add(new LeftAlone(past.document().name(), path, reason));
    }

    void left(Container live, LeftAlone.Reason reason) {
        left(new LivePaths(editing.document()).of(live), reason);
    }

    List<LeftAlone> left() {
        return new ArrayList<>(left);
    }
}
