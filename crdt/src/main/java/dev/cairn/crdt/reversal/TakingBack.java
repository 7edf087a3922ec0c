package dev.cairn.crdt.reversal;

import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.Journal;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.editing.Editing;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.lineage.Past;
import dev.cairn.crdt.lineage.Projection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes back what a change did to a document, or makes it again, by local edits.
 *
 * <p>The measure of everything is what would be there if the changes that are taken back had never been made: a
 * character which one of them inserted goes; one which only they deleted comes back; a key which shows what one of them
 * assigned shows what it would without; an element or a node stands where it would without; a counter loses what they
 * added; a mark goes where nobody marked anew. What others have done since stays: their characters inside of mine, what
 * they have assigned, moved, marked and deleted too. Nothing is removed while somebody has worked in it since. What had
 * to be left as it is, is told.
 */
public final class TakingBack {
    private final Past past;
    private final EventGraph graph;
    private final Editing editing;
    private final Reversing reversing;
    private final Map<MovableListContainer, ListReversal> lists = new HashMap<>();
    private final Map<TreeContainer, TreeReversal> trees = new HashMap<>();
    private final Set<Container> done = new HashSet<>();

    /**
     * Prepares taking back.
     *
     * @param changeLv the change to take back
     * @param again whether it was taken back and is made again
     * @param byLv the change which does it
     */
    private TakingBack(Past past, Editing editing, int changeLv, boolean again, int byLv) {
        this.past = past;
        this.graph = past.document().graph();
        this.editing = editing;
        this.reversing = new Reversing(past, editing, changeLv, again, byLv);
    }

    /**
     * Takes back what a change did to a document, before anything else is edited there; returns what was left as it is.
     *
     * @param changeLv the change to take back
     * @param again whether it was taken back and is made again
     */
    public static List<LeftAlone> apply(Past past, Editing editing, int changeLv, boolean again) {
        editing.mark(past.document().graph().id(changeLv), again);
        return new TakingBack(past, editing, changeLv, again, editing.document().localLv()).apply();
    }

    private List<LeftAlone> apply() {
        Map<EntryEdit, Boolean> entries = entries();
        plan();
        int before;
        do {
            before = done.size() - entries.size();
            inside();
            entries.keySet().removeIf(edit -> edit.bringsContainer() && apply(edit));
        } while (done.size() - entries.size() != before);
        entries.keySet().removeIf(this::apply);
        reportGone(entries.keySet());
        return reversing.left();
    }

    private void reportGone(Set<EntryEdit> entries) {
        for (EntryEdit edit : entries) {
            gone(edit.map);
        }
        for (Container container : past.document().containers()) {
            if (!done.contains(container) && isEdited(container)) {
                gone(container);
            }
        }
    }

    private void gone(Container container) {
        Container live = reversing.isLeaving(container) ? null : reversing.live(container);
        if (live != null) {
            reversing.left(live, LeftAlone.Reason.GONE);
        }
    }

    // ---- maps

    /** An entry that is to show something else. */
    private record EntryEdit(MapContainer map, Entry entry, int content) {
        boolean bringsContainer() {
            return content < 0 && content != Projection.ABSENT;
        }
    }

    private Map<EntryEdit, Boolean> entries() {
        Map<EntryEdit, Boolean> edits = new LinkedHashMap<>();
        Projection before = new Projection(past, reversing::countsBefore);
        Projection after = new Projection(past, reversing::countsAfter);
        for (Container container : past.document().containers()) {
            if (container instanceof MapContainer map) {
                for (Entry entry : map.sorted()) {
                    if (touches(past.journal().operations(entry))) {
                        EntryEdit edit = new EntryEdit(map, entry, after.shown(entry));
                        if (isMineToChange(edit, before.shown(entry))) {
                            edits.put(edit, true);
                        }
                    }
                }
            }
        }
        return edits;
    }

    private boolean touches(IntList operations) {
        return lastOwn(operations) >= 0;
    }

    /** Returns where the last operation of the change is among those of an entry, or -1. */
    private int lastOwn(IntList operations) {
        int low = 0;
        int high = operations.size() / 3;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (operations.get(3 * middle) <= reversing.changeLv()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && operations.get(3 * low - 3) == reversing.changeLv() ? 3 * low - 3 : -1;
    }

    /** Tells whether an entry shows what it would if nothing else were taken back, and is to show something else. */
    private boolean isMineToChange(EntryEdit edit, int expected) {
        int shown = shown(edit.entry);
        if (reversing.isSame(shown, edit.content)) {
            if (!reversing.isSame(shown, wished(edit.entry))) {
                left(edit, LeftAlone.Reason.EDITED_SINCE);
            }
            return false;
        }
        if (!reversing.isSame(shown, expected) || reversing.isSame(expected, edit.content)) {
            left(edit, LeftAlone.Reason.EDITED_SINCE);
            return false;
        }
        if (isContainer(expected) && reversing.isWorkedIn(reversing.container(expected))) {
            left(edit, LeftAlone.Reason.WORKED_IN);
            return false;
        }
        return true;
    }

    private static boolean isContainer(int content) {
        return content < 0 && content != Projection.ABSENT;
    }

    private int shown(Entry entry) {
        return entry.count() == 0 ? Projection.ABSENT : entry.content(entry.winner(graph));
    }

    /** Returns what an entry showed before the change, or what the change assigned if it is made again. */
    private int wished(Entry entry) {
        if (reversing.again()) {
            IntList operations = past.journal().operations(entry);
            return operations.get(lastOwn(operations) + 2);
        }
        int changeLv = reversing.changeLv();
        return new Projection(past, lv -> lv != changeLv && reversing.before().counts(lv, changeLv)).shown(entry);
    }

    private void left(EntryEdit edit, LeftAlone.Reason reason) {
        if (reversing.live(edit.map) instanceof MapContainer map && map.isReachable()) {
            reversing.left(new LivePaths(editing.document()).of(map, edit.entry), reason);
        }
    }

    /** Edits an entry; returns whether its map is there. */
    private boolean apply(EntryEdit edit) {
        if (reversing.isLeaving(edit.map)) {
            return true;
        }
        if (!(reversing.live(edit.map) instanceof MapContainer map) || !map.isReachable()) {
            return false;
        }
        if (edit.content == Projection.ABSENT) {
            editing.remove(map, edit.entry.key());
        } else if (edit.content >= 0) {
            editing.put(map, edit.entry.key(), reversing.value(edit.content));
        } else {
            Container container = reversing.live(reversing.container(edit.content));
            Entry entry = map.findOrAdd(edit.entry.key(), 0, edit.entry.key().length);
            if (container != null) {
                editing.assign(map, entry, container);
            }
        }
        return true;
    }

    // ---- texts, lists, trees, counters

    /** Notes the containers in elements and nodes that are about to go: what is inside stays as it is. */
    private void plan() {
        List<Container> leaving = new ArrayList<>();
        for (Container container : past.document().containers()) {
            if (!isEdited(container)) {
                continue;
            }
            if (container instanceof SequenceContainer sequence) {
                leaving.addAll(new SequenceReversal(reversing, sequence).leaving());
            } else if (container instanceof MovableListContainer list) {
                ListReversal reversal = new ListReversal(reversing, list);
                lists.put(list, reversal);
                leaving.addAll(reversal.leaving());
            }
        }
        leaving.forEach(reversing::leaves);
        for (Container container : past.document().containers()) {
            if (container instanceof TreeContainer tree && isEdited(tree) && !reversing.isLeaving(tree)) {
                trees.put(tree, new TreeReversal(reversing, tree));
            }
        }
    }

    private void inside() {
        for (Container container : List.copyOf(past.document().containers())) {
            if (isEdited(container) && !done.contains(container) && !reversing.isLeaving(container)) {
                Container live = reversing.live(container);
                if (live != null && live.isReachable()) {
                    done.add(container);
                    edit(container, live);
                }
            }
        }
    }

    /** Tells whether the change edited a container other than a map, whose entries are looked at one by one. */
    private boolean isEdited(Container container) {
        if (container instanceof SequenceContainer sequence) {
            return sequence.sequence().isEditedBy(reversing.changeLv());
        }
        IntList edits = container.edits();
        boolean edited = false;
        for (int i = 0; i < edits.size() && !(container instanceof MapContainer); i += 2) {
            edited |= edits.get(i) <= reversing.changeLv() && reversing.changeLv() <= edits.get(i + 1);
        }
        return edited;
    }

    private void edit(Container container, Container live) {
        if (container instanceof SequenceContainer sequence) {
            new SequenceReversal(reversing, sequence).apply((SequenceContainer) live);
        } else if (container instanceof CounterContainer counter) {
            editing.add((CounterContainer) live, missing(counter));
        } else if (container instanceof MovableListContainer list) {
            lists.computeIfAbsent(list, key -> new ListReversal(reversing, key)).apply((MovableListContainer) live);
        } else if (container instanceof TreeContainer tree) {
            trees.computeIfAbsent(tree, key -> new TreeReversal(reversing, key)).apply((TreeContainer) live);
        }
    }

    /** Returns what a counter lacks of what the change is to add to it: all or nothing. */
    private long missing(CounterContainer counter) {
        Journal.Increments increments = past.journal().increments(counter);
        Set<Integer> reversals = new HashSet<>();
        for (Journal.TakenBack mark : past.journal().takenBack()) {
            if (mark.changeLv() == reversing.changeLv()) {
                reversals.add(mark.lv());
            }
        }
        long added = 0;
        long inEffect = 0;
        for (int i = 0; i < increments.lvs().size(); i++) {
            boolean own = increments.lvs().get(i) == reversing.changeLv();
            added += own ? increments.delta(i) : 0;
            inEffect += own || reversals.contains(increments.lvs().get(i)) ? increments.delta(i) : 0;
        }
        return (reversing.again() ? added : 0) - inEffect;
    }
}
