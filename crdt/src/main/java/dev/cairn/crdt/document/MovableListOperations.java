package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.ValueCodec;
import org.jspecify.annotations.Nullable;

/** Applies the operations on movable lists of the change which a document applies. */
final class MovableListOperations {
    private static final int[] NO_UNITS = {};

    private final Document document;
    private final Applying applying;
    private int[] units = NO_UNITS;

    MovableListOperations(Document document, Applying applying) {
        this.document = document;
        this.applying = applying;
    }

    /** Applies an operation of a change. */
    void apply(MovableListContainer list, OperationReader reader, int toAddress) {
        list.local().forgetStale();
        int lv = document.localLv();
        switch (reader.kind()) {
            case Layout.INSERT -> insert(list, reader, lv, toAddress);
            case Layout.DELETE -> delete(list, reader, lv);
            case Layout.MOVE -> move(list, reader, lv);
            case Layout.SET -> set(list, reader, lv, toAddress);
            case Layout.DROP -> drop(list, applying.id(reader), lv);
            default -> document.invalid("an operation of another container", reader);
        }
    }

    private void insert(MovableListContainer list, OperationReader reader, int lv, int toAddress) {
        int count = reader.count();
        if (reader.at() > list.sequence.lengthAt(lv)) {
            document.invalid("an insertion outside", reader);
            return;
        }
        byte[] bytes = reader.array();
        if (list.level == Layout.DEPTH_MAX
                && ValueCodec.holdsContainer(bytes, reader.contentStart(), reader.contentEnd())) {
            document.invalid("a container nested too deep", reader);
            return;
        }
        if (count > units.length) {
            units = new int[Math.max(count, units.length * 2)];
        }
        int at = reader.contentStart();
        for (int i = 0; i < count; i++) {
            units[i] = add(list, bytes[at], at + toAddress, lv, document.nextIndex() + i);
            at += ValueCodec.length(bytes, at);
        }
        list.sequence.insert(lv, reader.at(), units, count);
        list.edited(lv);
        document.advance(count);
    }

    /** Adds an element and returns its unit. */
    private static int add(MovableListContainer list, int tag, int address, int lv, int index) {
        int element = list.add(address, lv, index);
        if (tag >= Layout.CONTAINER_TAG) {
            list.addContainer(element, ContainerType.of(tag - Layout.CONTAINER_TAG), lv, index);
        }
        return ~list.slots.greatest(element);
    }

    private void delete(MovableListContainer list, OperationReader reader, int lv) {
        if (!list.sequence.delete(lv, reader.at(), reader.count())) {
            document.invalid("a deletion outside", reader);
            return;
        }
        list.edited(lv);
        document.advance(reader.count());
    }

    private void move(MovableListContainer list, OperationReader reader, int lv) {
        int length = list.sequence.lengthAt(lv);
        if (reader.at() >= length || reader.count() >= length) {
            document.invalid("a move outside", reader);
            return;
        }
        int element = list.slots.elementOf(~list.sequence.unitAt(lv, reader.at()));
        if (list.sawDeleted(element, lv)) {
            document.invalid("a move of an element that is deleted", reader);
            return;
        }
        list.move(element, reader.at(), reader.count(), lv);
    }

    private void set(MovableListContainer list, OperationReader reader, int lv, int toAddress) {
        if (reader.at() >= list.sequence.lengthAt(lv)) {
            document.invalid("an assignment outside", reader);
            return;
        }
        if (reader.flags() == Layout.HAD_BEFORE) {
            setAgain(list, reader, lv);
            return;
        }
        int tag = reader.array()[reader.contentStart()];
        if (list.level == Layout.DEPTH_MAX && tag >= Layout.CONTAINER_TAG) {
            document.invalid("a container nested too deep", reader);
            return;
        }
        int element = list.slots.elementOf(~list.sequence.unitAt(lv, reader.at()));
        if (list.sawDeleted(element, lv)) {
            document.invalid("an assignment to an element that is deleted", reader);
        } else if (tag < Layout.CONTAINER_TAG) {
            list.assign(element, reader.contentStart() + toAddress, lv);
        } else {
            list.assign(element, ContainerType.of(tag - Layout.CONTAINER_TAG), lv);
        }
    }

    private void setAgain(MovableListContainer list, OperationReader reader, int lv) {
        int element = list.slots.elementOf(~list.sequence.unitAt(lv, reader.at()));
        MapContainer register = list.findRegister(element);
        Container container = applying.findMade(reader);
        if (container == null || register == null || container.parent != register) {
            document.invalid("an assignment of a container that is not there", reader);
        } else {
            list.assignAgain(element, container, lv);
        }
    }

    private void drop(MovableListContainer list, @Nullable OpId id, int lv) {
        Integer element = id == null ? null : list.find(id);
        if (element != null && list.sawDeleted(element, lv)) {
            list.register(element).superseded(document.graph, lv);
        } else if (id != null) {
            list.lostElements.remove(id);
        }
        document.advance(1);
    }
}
