package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.graph.IntList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every valid operation on a document, by what it is about, in ascending order of local versions. */
public final class Journal {
    /** Stands for the content of a removal. */
    public static final int REMOVED = Integer.MIN_VALUE;

    /** Stands for the content of what is no unit; that of an anchor is negative, too. */
    static final int NOT_SHOWN = -1;

    private static final IntList NOTHING = new IntList();
    private static final Increments NO_INCREMENTS = new Increments();

    // per entry: change, index, content of each assignment and removal
    private final Map<Entry, IntList> entries = new HashMap<>();
    private final Map<CounterContainer, Increments> increments = new HashMap<>();

    // per text and list: the content of each inserted unit, by the number of its operation
    private final Map<SequenceContainer, IntList> contents = new HashMap<>();
    private final Map<MovableListContainer, ElementLog> elements = new HashMap<>();
    private final List<TakenBack> takenBack = new ArrayList<>();

    /** The increments of a counter. */
    public static final class Increments {
        private final IntList lvs = new IntList();
        private long[] deltas = new long[4];

        private void add(int lv, long delta) {
            if (lvs.size() == deltas.length) {
                deltas = Arrays.copyOf(deltas, 2 * deltas.length);
            }
            deltas[lvs.size()] = delta;
            lvs.add(lv);
        }

        /** Returns the changes which added something, in the order in which they came. */
        public IntList lvs() {
            return lvs;
        }

        /** Returns what the change of that index added. */
        public long delta(int i) {
            return deltas[i];
        }
    }

    /**
     * A change which says that it takes another back, or makes it again.
     *
     * @param lv the change
     * @param changeLv the other one
     * @param again whether it makes it again
     */
    public record TakenBack(int lv, int changeLv, boolean again) {}

    /** Notes an operation which has just been applied and was valid. */
    void note(Document document, Container container, int lv, int index, OperationReader reader, int toAddress) {
        if (container instanceof MovableListContainer list) {
            note(list, lv, reader);
            return;
        }
        switch (reader.kind()) {
            case Layout.PUT, Layout.MAKE, Layout.REMOVE -> entry((MapContainer) container, lv, index, reader);
            case Layout.ADD ->
                increments
                        .computeIfAbsent((CounterContainer) container, counter -> new Increments())
                        .add(lv, reader.delta());
            case Layout.MARK -> anchors((SequenceContainer) container);
            case Layout.INSERT -> content(document, (SequenceContainer) container, lv, index, reader, toAddress);
            default -> {}
        }
    }

    /** Moves are noted by their slots, deletions and assignments where it is known which elements they are about. */
    private void note(MovableListContainer list, int lv, OperationReader reader) {
        if (reader.kind() == Layout.INSERT) {
            for (int i = 0; i < reader.count(); i++) {
                elements(list).inserted(lv);
            }
        }
    }

    /** Notes that a change assigned to an element of a movable list, which has a register since. */
    void assigned(MovableListContainer list, int element, int lv, int index) {
        Entry entry = MovableListContainer.entry(list.register(element));
        IntList operations = entries.computeIfAbsent(entry, key -> new IntList());
        if (operations.size() == 0) {
            operations.add(list.slots.lv(element));
            operations.add(list.slots.index(element));
            operations.add(list.slots.content(element));
        }
        operations.add(lv);
        operations.add(index);
        operations.add(entry.content(entry.count() - 1));
    }

    /** Notes that a change deletes an element of a movable list. */
    void deleted(MovableListContainer list, int element, int lv) {
        elements(list).deleted(lv, element);
    }

    /** Returns the insertions and deletions of a movable list's elements. */
    public ElementLog elements(MovableListContainer list) {
        return elements.computeIfAbsent(list, key -> new ElementLog());
    }

    /** Returns all assignments to an element of a movable list, in triples: change, index, content. */
    public IntList operations(MovableListContainer list, int element) {
        MapContainer register = list.findRegister(element);
        IntList noted = register == null ? null : entries.get(MovableListContainer.entry(register));
        if (noted != null) {
            return noted;
        }
        IntList inserted = new IntList();
        inserted.add(list.slots.lv(element));
        inserted.add(list.slots.index(element));
        inserted.add(list.slots.content(element));
        return inserted;
    }

    private void entry(MapContainer map, int lv, int index, OperationReader reader) {
        Entry entry = map.findOrAdd(reader.array(), reader.keyStart(), reader.keyLength());
        IntList operations = entries.computeIfAbsent(entry, key -> new IntList());
        operations.add(lv);
        operations.add(index);
        operations.add(reader.kind() == Layout.REMOVE ? REMOVED : entry.content(entry.count() - 1));
    }

    private void content(
            Document document, SequenceContainer into, int lv, int index, OperationReader reader, int toAddress) {
        IntList units = contents.computeIfAbsent(into, sequence -> new IntList());
        while (units.size() < into.sequence.operations() - reader.count()) {
            units.add(NOT_SHOWN);
        }
        byte[] bytes = reader.array();
        int at = reader.contentStart();
        for (int i = 0; i < reader.count(); i++) {
            if (into.type == ContainerType.TEXT) {
                units.add(Utf8.decode(bytes, at));
                at += Utf8.width(bytes, at);
            } else {
                boolean scalar = bytes[at] < Layout.CONTAINER_TAG;
                units.add(scalar ? at + toAddress : ~document.table.madeBy(lv, index + i).index);
                at += ValueCodec.length(bytes, at);
            }
        }
    }

    /** Notes the anchors of the mark that was made last. */
    private void anchors(SequenceContainer text) {
        Marks marks = text.marks();
        if (marks != null) {
            IntList units = contents.computeIfAbsent(text, sequence -> new IntList());
            while (units.size() < text.sequence.operations() - 2) {
                units.add(NOT_SHOWN);
            }
            units.add(Marks.start(marks.size() - 1));
            units.add(Marks.end(marks.size() - 1));
        }
    }

    void takenBack(int lv, int changeLv, boolean again) {
        takenBack.add(new TakenBack(lv, changeLv, again));
    }

    /** Returns all assignments and removals of an entry, in triples: change, index, content. */
    public IntList operations(Entry entry) {
        return entries.getOrDefault(entry, NOTHING);
    }

    /** Returns all increments of a counter. */
    public Increments increments(CounterContainer counter) {
        return increments.getOrDefault(counter, NO_INCREMENTS);
    }

    /** Returns the content of a unit, by the number of its insertion. */
    public int content(SequenceContainer sequence, int unit) {
        IntList units = contents.getOrDefault(sequence, NOTHING);
        return unit < units.size() ? units.get(unit) : NOT_SHOWN;
    }

    /** Returns which changes take back others. */
    public List<TakenBack> takenBack() {
        return takenBack;
    }
}
