package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.graph.IntList;
import dev.cairn.crdt.sequence.UnitOrder;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what a change did to a document, or makes it again, by local edits.
 *
 * <p>The measure of everything is what would be there if the changes that are taken back had never been made: a
 * character which one of them inserted goes; one which only they deleted comes back; a key which shows what one of them
 * assigned shows what it would without; a counter loses what they added. What others have done since stays: their
 * characters inside of mine, what they have assigned, what they have deleted too. A container is not removed while
 * somebody has worked in it since, and a movable list or a tree stays as it is if anybody has edited it since. Marks
 * are put back if the text is what it would be without the change.
 */
final class TakingBack {
    private final Past past;
    private final EventGraph graph;
    private final Editing editing;
    private final int changeLv;
    private final boolean again;

    // what counts before this change and with it
    private final Lineage before;
    private final Lineage after;
    private final Set<Container> done = new HashSet<>();
    private final Set<Container> leaving = new HashSet<>();

    // containers in which somebody has worked later, and those around them
    private final Set<Container> worked = new HashSet<>();
    private boolean searched;

    /**
     * Prepares taking back.
     *
     * @param changeLv the change to take back
     * @param again whether it was taken back and is made again
     * @param byLv the change which does it
     */
    TakingBack(Past past, Editing editing, int changeLv, boolean again, int byLv) {
        this.past = past;
        this.graph = past.document.graph;
        this.editing = editing;
        this.changeLv = changeLv;
        this.again = again;
        this.before = past.lineage();
        this.after = new Lineage(past, new Journal.TakenBack(byLv, changeLv, again));
    }

    void apply() {
        List<EntryEdit> entries = entries();
        noteLeaving();
        inside();
        entries.stream().filter(EntryEdit::bringsContainer).forEach(this::apply);
        inside();
        entries.stream().filter(edit -> !edit.bringsContainer()).forEach(this::apply);
    }

    // ---- maps

    /** An entry that is to show something else. */
    private record EntryEdit(MapContainer map, Entry entry, int content) {
        boolean bringsContainer() {
            return content < 0 && content != Projection.ABSENT;
        }
    }

    private List<EntryEdit> entries() {
        List<EntryEdit> edits = new ArrayList<>();
        Projection without = counting(before);
        Projection with = counting(after);
        for (Container container : past.document.containers) {
            if (container instanceof MapContainer map) {
                for (Entry entry : map.sorted()) {
                    if (touches(past.journal.operations(entry))) {
                        int target = with.shown(entry);
                        if (isMineToChange(entry, without.shown(entry), target)) {
                            edits.add(new EntryEdit(map, entry, target));
                        }
                    }
                }
            }
        }
        return edits;
    }

    private Projection counting(Lineage lineage) {
        return new Projection(past, lv -> lineage.counts(lv, Lineage.NOW));
    }

    private boolean touches(IntList operations) {
        int low = 0;
        int high = operations.size() / 3;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (operations.get(3 * middle) < changeLv) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 3 * low < operations.size() && operations.get(3 * low) == changeLv;
    }

    /** Tells whether an entry shows what it would if nothing else were taken back, and is to show something else. */
    private boolean isMineToChange(Entry entry, int expected, int target) {
        int shown = entry.count == 0 ? Projection.ABSENT : entry.content(entry.winner(graph));
        boolean removesWork = expected < 0 && expected != Projection.ABSENT && isWorkedIn(container(expected));
        return isSame(shown, expected) && !isSame(expected, target) && !removesWork;
    }

    private boolean isSame(int one, int other) {
        return one == other || (one >= 0 && other >= 0 && value(one).equals(value(other)));
    }

    private Value value(int content) {
        return ValueCodec.read(past.document.log.array(content), past.document.log.offset(content));
    }

    private Container container(int content) {
        return past.document.containers.get(~content);
    }

    /** Tells whether somebody edited a container, or one inside of it, without knowing or after the change. */
    private boolean isWorkedIn(Container container) {
        if (!searched) {
            searched = true;
            for (Container inner : past.document.containers) {
                for (Container c = isEditedLater(inner) ? inner : null; c != null; c = c.parent) {
                    worked.add(c);
                }
            }
        }
        return worked.contains(container);
    }

    private boolean isEditedLater(Container container) {
        IntList edits = container.edits();
        for (int i = 0; i < edits.size(); i += 2) {
            for (int lv = edits.get(i); lv <= edits.get(i + 1); lv++) {
                if (!graph.inPast(lv, changeLv) && after.counts(lv, Lineage.NOW)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void apply(EntryEdit edit) {
        if (!(live(edit.map) instanceof MapContainer map) || !map.isReachable()) {
            return;
        }
        if (edit.content == Projection.ABSENT) {
            editing.remove(map, edit.entry.key);
        } else if (edit.content >= 0) {
            editing.put(map, edit.entry.key, value(edit.content));
        } else {
            Container container = live(container(edit.content));
            Entry entry = map.findOrAdd(edit.entry.key, 0, edit.entry.key.length);
            if (container != null) {
                editing.assign(map, entry, container);
            }
        }
    }

    private @Nullable Container live(Container container) {
        return ContainerRef.counterpart(container, past.document, editing.document());
    }

    // ---- texts, lists, counters

    /** Notes the containers in list elements that are about to be deleted: what is inside stays as it is. */
    private void noteLeaving() {
        for (Container container : past.document.containers) {
            if (container instanceof SequenceContainer list
                    && list.type == ContainerType.LIST
                    && list.sequence.isEditedBy(changeLv)) {
                for (int unit : after.of(list).doomed(changeLv, again, Lineage.NOW)) {
                    int content = past.journal.content(list, unit);
                    if (content < 0) {
                        leaving.add(container(content));
                    }
                }
            }
        }
        leaving.removeIf(this::isWorkedIn);
    }

    private boolean isLeaving(Container container) {
        for (Container around = container; around != null; around = around.parent) {
            if (leaving.contains(around)) {
                return true;
            }
        }
        return false;
    }

    private void inside() {
        for (Container container : List.copyOf(past.document.containers)) {
            if (isEdited(container) && !isLeaving(container)) {
                Container live = live(container);
                if (live != null && live.isReachable() && done.add(container)) {
                    edit(container, live);
                }
            }
        }
    }

    private boolean isEdited(Container container) {
        if (container instanceof SequenceContainer sequence) {
            return sequence.sequence.isEditedBy(changeLv);
        }
        IntList edits = container.edits();
        boolean edited = false;
        for (int i = 0; i < edits.size() && !(container instanceof MapContainer); i += 2) {
            edited |= edits.get(i) <= changeLv && changeLv <= edits.get(i + 1);
        }
        return edited;
    }

    private void edit(Container container, Container live) {
        if (container instanceof SequenceContainer sequence) {
            edit(sequence, (SequenceContainer) live);
        } else if (container instanceof CounterContainer counter) {
            editing.add((CounterContainer) live, missing(counter));
        } else if (!isEditedLater(container)) {
            new Restoring(past, editing, lv -> graph.inPast(lv, changeLv) && (again || lv != changeLv))
                    .structure(container);
        }
    }

    /** Returns what a counter lacks of what the change is to add to it: all or nothing. */
    private long missing(CounterContainer counter) {
        Journal.Increments increments = past.journal.increments(counter);
        Set<Integer> reversals = new HashSet<>();
        for (Journal.TakenBack mark : past.journal.takenBack()) {
            if (mark.changeLv() == changeLv) {
                reversals.add(mark.lv());
            }
        }
        long added = 0;
        long inEffect = 0;
        for (int i = 0; i < increments.lvs.size(); i++) {
            boolean own = increments.lvs.get(i) == changeLv;
            added += own ? increments.delta(i) : 0;
            inEffect += own || reversals.contains(increments.lvs.get(i)) ? increments.delta(i) : 0;
        }
        return (again ? added : 0) - inEffect;
    }

    private void edit(SequenceContainer sequence, SequenceContainer live) {
        UnitLineage units = after.of(sequence);
        int[] positions = positions(sequence, units.units());
        SequenceRewriting rewriting = new SequenceRewriting(
                editing, live, content -> content < 0 ? editing.view(live(content)) : value(content));
        List<Integer> revived = new ArrayList<>(units.revived(changeLv, again, Lineage.NOW));
        revived.removeIf(unit -> isAnchor(sequence, unit));
        if (!revived.isEmpty()) {
            revive(sequence, units, revived, positions, rewriting);
        }
        IntList gone = new IntList();
        for (int unit : units.doomed(changeLv, again, Lineage.NOW)) {
            int content = past.journal.content(sequence, unit);
            boolean container = sequence.type == ContainerType.LIST && content < 0;
            if (!isAnchor(sequence, unit) && (!container || leaving.contains(container(content)))) {
                gone.add(positions[unit]);
            }
        }
        rewriting.delete(gone);
        SortedSet<String> marked = marked(sequence);
        if (!marked.isEmpty()
                && counting(after).view(sequence) instanceof TextView wanted
                && wanted.toString().equals(editing.view(live).toString())) {
            Marking.make(editing, live, wanted.marks(), marked);
        }
    }

    /** Returns the keys of the marks which the change made on a text. */
    private SortedSet<String> marked(SequenceContainer text) {
        SortedSet<String> keys = new TreeSet<>(KeyOrder.INSTANCE);
        Marks marks = text.marks();
        for (int i = 0; marks != null && i < marks.size(); i++) {
            if (marks.lv(i) == changeLv) {
                keys.add(marks.key(i));
            }
        }
        return keys;
    }

    private boolean isAnchor(SequenceContainer sequence, int unit) {
        return sequence.type == ContainerType.TEXT && past.journal.content(sequence, unit) < 0;
    }

    private Container live(int content) {
        Container container = live(container(content));
        if (container == null) {
            throw new IllegalStateException("a container of the past is not there now");
        }
        return container;
    }

    /** Returns by unit its position now, and -1 if it is not visible. */
    private int[] positions(SequenceContainer sequence, UnitOrder units) {
        boolean[] visible = new Projection(past, lv -> true).visible(sequence);
        int[] positions = new int[units.operations()];
        int next = 0;
        for (int i = 0; i < units.size(); i++) {
            int unit = units.unit(i);
            positions[unit] = visible[unit] ? next++ : -1;
        }
        return positions;
    }

    private void revive(
            SequenceContainer sequence,
            UnitLineage units,
            List<Integer> revived,
            int[] positions,
            SequenceRewriting rewriting) {
        int[] places = new int[positions.length];
        int[] ranks = new int[positions.length];
        Set<Integer> wanted = new HashSet<>(revived);
        CanonicalOrder order = new CanonicalOrder(units);
        int place = 0;
        int rank = 0;
        for (int i = 0; i < order.size(); i++) {
            int unit = order.unit(i);
            if (wanted.contains(unit)) {
                places[unit] = place;
                ranks[unit] = rank++;
            } else if (positions[unit] >= 0) {
                place = positions[unit] + 1;
            }
        }
        IntList contents = new IntList();
        for (int i = 0; i < revived.size(); i++) {
            int unit = revived.get(i);
            contents.add(past.journal.content(sequence, unit));
            boolean goesOn = i + 1 < revived.size()
                    && places[revived.get(i + 1)] == places[unit]
                    && ranks[revived.get(i + 1)] == ranks[unit] + 1;
            if (!goesOn) {
                rewriting.insert(places[unit], ranks[unit], contents);
                contents.truncate(0);
            }
        }
    }
}
