package dev.cairn.crdt.snapshot;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.codec.ByteSource;
import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.MalformedOperationsException;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import java.util.ArrayList;
import java.util.List;

/** The body of a movable list in a snapshot; the layout is at {@link SnapshotWriter}. */
final class MovableListSnapshot {
    private static final int SCALAR = 0;
    private static final int REGISTER = 1;

    private MovableListSnapshot() {}

    static void write(SnapshotWriter writer, MovableListContainer list) {
        ByteSink body = writer.body();
        int[] numbers = new int[list.slots().elements()];
        int[] units = list.sequence().toArray();
        body.varint(list.size());
        int count = 0;
        for (int unit : units) {
            if (list.isShown(~unit)) {
                int element = list.slots().elementOf(~unit);
                numbers[element] = ++count;
                element(writer, list, element);
            }
        }
        body.varint(units.length - count);
        for (int i = 0; i < units.length; i++) {
            if (!list.isShown(~units[i])) {
                body.varint(i);
                body.varint(numbers[list.slots().elementOf(~units[i])]);
            }
        }
        lost(writer, list);
    }

    private static void element(SnapshotWriter writer, MovableListContainer list, int element) {
        ByteSink body = writer.body();
        body.varint(writer.number(list.slots().lv(element)));
        body.varint(list.slots().index(element));
        MapContainer register = list.findRegister(element);
        if (register == null) {
            body.varint(SCALAR);
            writer.scalar(list.slots().content(element));
            return;
        }
        body.varint(REGISTER);
        Entry entry = MovableListContainer.entry(register);
        body.varint(entry.derived().size());
        for (Container container : entry.derived()) {
            body.varint(container.type().number());
            body.varint(writer.number(container.madeLv()));
            body.varint(container.madeIndex());
            writer.lostIn(container);
            writer.body(container);
        }
        writer.assignments(entry);
    }

    private static void lost(SnapshotWriter writer, MovableListContainer list) {
        ByteSink body = writer.body();
        List<Integer> elements = new ArrayList<>();
        List<int[]> edits = new ArrayList<>();
        for (int element = 0; element < list.slots().elements(); element++) {
            int[] lost = list.mayHaveLost(element) ? writer.states().lostEdits(list, element) : new int[0];
            if (lost.length > 0) {
                elements.add(element);
                edits.add(lost);
            }
        }
        body.varint((long) elements.size() + list.lostElements().size());
        list.lostElements().forEach(writer::lost);
        for (int i = 0; i < elements.size(); i++) {
            int element = elements.get(i);
            writer.lost(writer.id(list.slots().lv(element), list.slots().index(element)), edits.get(i));
        }
    }

    static void read(SnapshotReader reader, MovableListContainer list) {
        ByteSource source = reader.source();
        int[] slots = new int[source.count(1)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = element(reader, list);
        }
        list.load(withStale(source, list, slots));
        reader.lostElements(list.lostElements());
    }

    private static int element(SnapshotReader reader, MovableListContainer list) {
        ByteSource source = reader.source();
        int lv = reader.change();
        int index = source.varint31();
        if (!source.flag()) {
            return list.slots().greatest(list.restoreElement(reader.scalar(), lv, index));
        }
        int element = list.restoreElement(0, lv, index);
        MapContainer register = list.emptyRegister(element);
        Entry entry = MovableListContainer.entry(register);
        int containers = source.count(1);
        for (int i = 0; i < containers; i++) {
            ContainerType type = SnapshotReader.type(source.varint31());
            int madeLv = reader.change();
            Container made =
                    reader.restore(Container.Origin.assigned(register, entry, madeLv, source.varint31()), type);
            made.setLostBelow(reader.lost());
            reader.body(made);
        }
        reader.assignments(entry);
        if (entry.count() == 0) {
            throw new MalformedOperationsException("an element of a document snapshot has no value");
        }
        return list.slots().greatest(element);
    }

    /** Returns the units: those of the elements, and among them the slots that show nothing. */
    private static int[] withStale(ByteSource source, MovableListContainer list, int[] slots) {
        int stale = source.count(2);
        int[] units = new int[slots.length + stale];
        boolean[] taken = new boolean[units.length];
        int next = 0;
        for (int i = 0; i < stale; i++) {
            int position = source.varint31();
            int number = source.varint31();
            if (position < next || position >= units.length || number > slots.length) {
                throw new MalformedOperationsException("a document snapshot has a slot at " + position);
            }
            taken[position] = true;
            units[position] =
                    ~(number == 0 ? list.restoreDeleted() : list.slots().addStale(slots[number - 1]));
            next = position + 1;
        }
        int element = 0;
        for (int i = 0; i < units.length; i++) {
            if (!taken[i]) {
                units[i] = ~slots[element++];
            }
        }
        return units;
    }
}
