package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes as they are encoded: finds the containers which the author meant, and does nothing where there is
 * none. What it needs for that is no part of the document, of which there may be many.
 */
public final class Applying {
    private static final int[] NO_UNITS = {};

    private final Document document;
    private final EventGraph graph;
    private final MovableListOperations lists;

    // the change being applied
    private @Nullable Container[] path = new @Nullable Container[1];
    private int lv;
    private int[] units = NO_UNITS;

    /** Applies changes to a document. */
    public Applying(Document document) {
        this.document = document;
        this.graph = document.graph;
        this.lists = new MovableListOperations(document, this);
    }

    /** Applies the part of a change which starts at that address with its DOCUMENT instruction. */
    public void apply(int changeLv, int address, int length, OperationReader reader) {
        int from = document.log.offset(address);
        reader.reset(document.log.array(address), from, from + length);
        lv = changeLv;
        document.startChange(changeLv);
        int depth = 0;
        path[0] = document.root;
        reader.next();
        while (reader.next()) {
            switch (reader.kind()) {
                case Layout.DOCUMENT -> {
                    return;
                }
                case Layout.ENTER, Layout.ENTER_MADE -> {
                    if (depth + 1 == path.length) {
                        path = Arrays.copyOf(path, 2 * path.length);
                    }
                    path[depth + 1] = enter(path[depth], reader);
                    depth++;
                }
                case Layout.LEAVE -> depth -= reader.count();
                case Layout.TAKE_BACK -> takeBack(reader);
                default -> operation(path[depth], reader, address - from);
            }
        }
    }

    private void takeBack(OperationReader reader) {
        OpId id = document.journal == null ? null : id(reader);
        int actor = id == null ? -1 : graph.findActor(id.actor());
        if (document.journal != null && id != null && actor >= 0 && id.seq() <= graph.known(actor)) {
            document.journal.takenBack(lv, graph.lvOf(actor, (int) id.seq()), reader.flags() == Layout.AGAIN);
        }
    }

    private @Nullable Container enter(@Nullable Container current, OperationReader reader) {
        Container entered;
        if (reader.made()) {
            Container node = document.trees().map(reader, lv);
            entered = node == null ? findMade(reader, reader.type()) : node;
        } else if (current instanceof MapContainer map) {
            entered = findDerived(map, reader);
        } else {
            return null;
        }
        if (entered != null && (reader.made() ? entered.mayBeGone() : !entered.isHeld())) {
            document.suspect(entered);
        }
        return entered;
    }

    /** Returns what the id means at the change being applied; null if it means nothing. */
    @Nullable
    OpId id(OperationReader reader) {
        if (reader.idSeq() == 0) {
            return new OpId(graph.actorId(graph.actorOf(lv)), graph.seqOf(lv), reader.idIndex());
        }
        ActorId actor = new ActorId(reader.idActorHigh(), reader.idActorLow());
        if (graph.branches().isEmpty()) {
            return new OpId(actor, reader.idSeq(), reader.idIndex());
        }
        ChangeId meant = graph.branches().meaning(new ChangeId(actor, reader.idSeq()), lv);
        return meant == null ? null : new OpId(meant.actor(), meant.seq(), reader.idIndex());
    }

    /** Finds a container which the author knew: whether others have made it too must not matter. */
    private @Nullable Container findDerived(MapContainer map, OperationReader reader) {
        Entry entry = map.find(reader.array(), reader.keyStart(), reader.keyLength());
        OpId base = reader.based() ? id(reader) : null;
        if (entry == null || (base == null && reader.based())) {
            return null;
        }
        Container found = entry.find(reader.type(), base);
        return found != null && found.wasMade(graph, lv) ? found : null;
    }

    private @Nullable Container findMade(OperationReader reader, ContainerType type) {
        Container container = findMade(reader);
        return container != null && container.type == type ? container : null;
    }

    /** Finds the container which the author knew by the id of the operation that made it. */
    @Nullable
    Container findMade(OperationReader reader) {
        OpId id = id(reader);
        Container container = id == null ? null : document.made(id);
        if (container == null || (reader.idSeq() == 0) != (container.madeLv == lv)) {
            return null;
        }
        return graph.inPast(container.madeLv, lv) && !container.sawDeleted(graph, lv) ? container : null;
    }

    private void operation(@Nullable Container container, OperationReader reader, int toAddress) {
        if (container == null) {
            document.invalid("a container that is not there", reader);
            return;
        }
        int before = document.nextIndex();
        int faults = document.faults();
        operate(container, reader, toAddress);
        if (document.journal != null && document.faults() == faults) {
            document.journal.note(document, container, lv, before, reader, toAddress);
        }
    }

    private void operate(Container container, OperationReader reader, int toAddress) {
        if (container instanceof MovableListContainer list) {
            lists.apply(list, reader, toAddress);
            return;
        }
        if (container instanceof TreeContainer tree) {
            operate(tree, reader, toAddress);
            return;
        }
        switch (reader.kind()) {
            case Layout.PUT ->
                document.put((MapContainer) container, entry(container, reader), lv, reader.contentStart() + toAddress);
            case Layout.REMOVE -> document.remove((MapContainer) container, entry(container, reader), lv);
            case Layout.MAKE -> make((MapContainer) container, reader);
            case Layout.ADD -> document.add((CounterContainer) container, lv, reader.delta());
            case Layout.INSERT -> insert((SequenceContainer) container, reader, toAddress);
            case Layout.DELETE -> delete((SequenceContainer) container, reader);
            case Layout.MARK -> mark((SequenceContainer) container, reader, toAddress);
            case Layout.DROP -> drop((SequenceContainer) container, reader);
            default -> document.invalid("an operation of a newer version", reader);
        }
    }

    private void operate(TreeContainer tree, OperationReader reader, int toAddress) {
        String wrong = reader.kind() == Layout.PLACE
                ? document.trees().place(tree, reader, lv, document.nextIndex(), toAddress)
                : document.trees().drop(tree, reader, lv);
        if (wrong == null) {
            document.advance(1);
        } else {
            document.invalid(wrong, reader);
        }
    }

    private void make(MapContainer map, OperationReader reader) {
        if (map.level == Layout.DEPTH_MAX) {
            document.invalid("a container nested too deep", reader);
            return;
        }
        OpId base = reader.based() ? id(reader) : null;
        if (base == null && reader.based()) {
            document.invalid("a base that is not there", reader);
            return;
        }
        document.make(map, entry(map, reader), lv, reader.type(), base);
    }

    private static Entry entry(Container map, OperationReader reader) {
        return ((MapContainer) map).findOrAdd(reader.array(), reader.keyStart(), reader.keyLength());
    }

    private void insert(SequenceContainer into, OperationReader reader, int toAddress) {
        int count = reader.count();
        if (reader.at() > into.sequence.lengthAt(lv)) {
            document.invalid("an insertion outside", reader);
            return;
        }
        if (into.type == ContainerType.LIST
                && into.level == Layout.DEPTH_MAX
                && ValueCodec.holdsContainer(reader.array(), reader.contentStart(), reader.contentEnd())) {
            document.invalid("a container nested too deep", reader);
            return;
        }
        if (into.type == ContainerType.TEXT && count == 1) {
            into.sequence.insert(lv, reader.at(), Utf8.decode(reader.array(), reader.contentStart()));
        } else {
            content(into, reader, toAddress);
            into.sequence.insert(lv, reader.at(), units, count);
        }
        into.edited(lv);
        document.advance(count);
    }

    private void content(SequenceContainer into, OperationReader reader, int toAddress) {
        int count = reader.count();
        if (count > units.length) {
            units = new int[Math.max(count, units.length * 2)];
        }
        byte[] bytes = reader.array();
        int at = reader.contentStart();
        for (int i = 0; i < count; i++) {
            if (into.type == ContainerType.TEXT) {
                units[i] = Utf8.decode(bytes, at);
                at += Utf8.width(bytes, at);
            } else {
                units[i] = element(into, bytes[at], at + toAddress, document.nextIndex() + i);
                at += ValueCodec.length(bytes, at);
            }
        }
    }

    private int element(SequenceContainer into, int tag, int address, int byIndex) {
        if (tag < Layout.CONTAINER_TAG) {
            return address;
        }
        Container.Origin origin = Container.Origin.made(into, lv, byIndex);
        return ~document.createMade(origin, ContainerType.of(tag - Layout.CONTAINER_TAG)).index;
    }

    private void delete(SequenceContainer from, OperationReader reader) {
        if (!from.sequence.delete(lv, reader.at(), reader.count())) {
            document.invalid("a deletion outside", reader);
            return;
        }
        from.edited(lv);
        document.advance(reader.count());
    }

    private void mark(SequenceContainer text, OperationReader reader, int toAddress) {
        if (reader.count() > text.sequence.lengthAt(lv) - reader.at()) {
            document.invalid("a mark outside", reader);
            return;
        }
        String key = Utf8.string(reader.array(), reader.keyStart(), reader.keyLength());
        int mark = text.addMark(lv, document.nextIndex(), key, reader.contentStart() + toAddress, reader.flags());
        text.anchor(lv, mark, reader.at(), reader.count());
        document.advance(2);
    }

    /** Dismisses what was lost inside a deleted element. */
    private void drop(SequenceContainer list, OperationReader reader) {
        OpId id = id(reader);
        Container element = id == null ? null : document.made(id);
        if (element != null && element.parent == list && element.sawDeleted(graph, lv)) {
            element.superseded(graph, lv);
        } else if (id != null) {
            list.lostElements.remove(id);
        }
        document.advance(1);
    }
}
