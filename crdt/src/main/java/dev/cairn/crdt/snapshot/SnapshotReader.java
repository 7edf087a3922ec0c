package dev.cairn.crdt.snapshot;

import dev.cairn.crdt.codec.ByteSource;
import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.MalformedOperationsException;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.OpId;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.tree.MoveTree;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.InvalidOperation;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SnapshotWriter} wrote into an empty document. */
public final class SnapshotReader {
    private final Document document;
    private final ByteSource source;
    private final int toAddress;
    private int[] changes = {};

    /** Prepares reading what {@link SnapshotWriter} wrote into an empty document. */
    public SnapshotReader(Document document, int address, int length) {
        this.document = document;
        int from = document.log().offset(address);
        this.source = new ByteSource(document.log().array(address), from, from + length);
        this.toAddress = address - from;
    }

    /** Fills the document. */
    public void read() {
        if (source.octet() != SnapshotWriter.VERSION) {
            throw new MalformedOperationsException("unknown version of a document snapshot");
        }
        changes = new int[source.count(1)];
        for (int i = 0; i < changes.length; i++) {
            ChangeId id = changeBelow(new ActorId(source.fixed(), source.fixed()), source.varint());
            changes[i] = document.graph().nameBelow(id, source.varint(), source.zigzag());
        }
        int invalid = source.count(1);
        for (int i = 0; i < invalid; i++) {
            ChangeId id = document.graph().id(change());
            int index = source.varint31();
            document.add(new InvalidOperation(id, document.name(), index, string()));
        }
        map(document.root());
        source.requireEnd();
    }

    private ChangeId changeBelow(ActorId actor, long seq) {
        if (seq < 1 || seq > document.graph().base().version().of(actor)) {
            throw new MalformedOperationsException("a document snapshot names a change which its checkpoint lacks");
        }
        return new ChangeId(actor, seq);
    }

    ByteSource source() {
        return source;
    }

    int change() {
        int number = source.varint31();
        if (number >= changes.length) {
            throw new MalformedOperationsException("a document snapshot names change " + number);
        }
        return changes[number];
    }

    String string() {
        int length = source.count(1);
        int start = source.text(length);
        return Utf8.string(source.array(), start, length);
    }

    void body(Container container) {
        if (container instanceof MapContainer map) {
            map(map);
        } else if (container instanceof CounterContainer counter) {
            counter.add(source.zigzag());
        } else if (container instanceof TreeContainer tree) {
            tree(tree);
        } else if (container instanceof SequenceContainer sequence) {
            if (sequence.type() == ContainerType.TEXT) {
                TextSnapshot.read(this, sequence);
            } else {
                list(sequence);
            }
        } else if (container instanceof MovableListContainer list) {
            MovableListSnapshot.read(this, list);
        }
    }

    private void map(MapContainer map) {
        int entries = source.count(1);
        boolean register = map.type() == ContainerType.REGISTER;
        byte @Nullable [] previous = null;
        for (int i = 0; i < entries; i++) {
            int length = source.count(1);
            Entry entry = map.findOrAdd(source.array(), source.text(length), length);
            boolean ascends = previous == null || Arrays.compareUnsigned(previous, entry.key()) < 0;
            if (length > Layout.NAME_BYTES_MAX || (length == 0) != register || !ascends) {
                throw new MalformedOperationsException("the keys of a document snapshot are out of order");
            }
            previous = entry.key();
            entry(map, entry);
        }
    }

    private void entry(MapContainer map, Entry entry) {
        if (source.flag()) {
            int lv = change();
            entry.replacedBy(document.graph(), lv, source.varint31());
        }
        int derived = source.count(1);
        for (int i = 0; i < derived; i++) {
            int flags = source.varint31();
            OpId base = (flags & 8) == 0 ? null : base();
            if (flags > 15 || isRepeated(entry, flags & 7, base)) {
                throw new MalformedOperationsException("a document snapshot holds a container twice");
            }
            Container container = restore(Container.Origin.derived(map, entry, base), type(flags & 7));
            container.setLostBelow(lost());
            body(container);
        }
        assignments(entry);
    }

    void assignments(Entry entry) {
        int assignments = source.count(1);
        for (int i = 0; i < assignments; i++) {
            int lv = change();
            int index = source.varint31();
            entry.add(document.graph(), lv, index, content(entry));
        }
        document.suspectAll();
    }

    private static boolean isRepeated(Entry entry, int type, @Nullable OpId base) {
        return entry.derived().stream()
                .anyMatch(other -> other.type().number() == type && Objects.equals(other.base(), base));
    }

    static ContainerType type(int number) {
        if (!ContainerType.exists(number)) {
            throw new MalformedOperationsException("a document snapshot holds a container of type " + number);
        }
        return ContainerType.of(number);
    }

    Container restore(Container.Origin origin, ContainerType type) {
        Container parent = origin.parent();
        if (parent != null && parent.level() == Layout.DEPTH_MAX) {
            throw new MalformedOperationsException("a document snapshot nests too deep");
        }
        return document.restore(origin, type);
    }

    private OpId base() {
        ActorId actor = new ActorId(source.fixed(), source.fixed());
        long seq = source.varint();
        return new OpId(actor, seq, source.varint31());
    }

    int[] lost() {
        int[] lost = new int[source.count(1)];
        for (int i = 0; i < lost.length; i++) {
            lost[i] = change();
        }
        return lost;
    }

    private int content(Entry entry) {
        if (!source.flag()) {
            return scalar();
        }
        int derived = source.varint31();
        if (derived >= entry.derived().size()) {
            throw new MalformedOperationsException("a document snapshot assigns container " + derived);
        }
        return ~entry.derived().get(derived).index();
    }

    /** Reads a scalar and returns its address. */
    int scalar() {
        return source.value(false) + toAddress;
    }

    /** Reads what was lost inside elements that are deleted. */
    void lostElements(Map<OpId, int[]> into) {
        int count = source.count(1);
        for (int i = 0; i < count; i++) {
            OpId element = base();
            into.put(element, lost());
        }
        document.suspectAll();
    }

    private void tree(TreeContainer tree) {
        int[] numbers = new int[source.count(4)];
        if (numbers.length > 0 && tree.level() == Layout.DEPTH_MAX) {
            throw new MalformedOperationsException("a document snapshot nests too deep");
        }
        for (int i = 0; i < numbers.length; i++) {
            int lv = change();
            int index = source.varint31();
            int place = source.varint31() - 2;
            if (place >= i || document.trees().isThere(lv, index)) {
                throw new MalformedOperationsException("a document snapshot has node " + i + " of a tree twice");
            }
            int target = place < 0 ? -1 - (place + 2) : numbers[place];
            numbers[i] = document.trees().load(tree, lv, index, target, target == MoveTree.OUT ? 0 : position());
            tree.setLostBelow(numbers[i], lost());
            if (source.flag()) {
                map(document.trees().map(tree, numbers[i]));
            }
        }
        document.suspectAll();
    }

    private int position() {
        int start = source.skip(1);
        int length = source.array()[start] & 0xff;
        source.skip(length);
        if (length == 0 || source.array()[start + length] == 0) {
            throw new MalformedOperationsException("a document snapshot has a position key of " + length + " bytes");
        }
        return start + toAddress;
    }

    private void list(SequenceContainer list) {
        int[] content = new int[source.count(1)];
        for (int i = 0; i < content.length; i++) {
            int at = source.value(true);
            int tag = source.array()[at];
            if (tag < Layout.CONTAINER_TAG) {
                content[i] = at + toAddress;
            } else {
                int lv = change();
                Container.Origin origin = Container.Origin.made(list, lv, source.varint31());
                Container container = restore(origin, ContainerType.of(tag - Layout.CONTAINER_TAG));
                content[i] = ~container.index();
                body(container);
            }
        }
        list.sequence().load(content);
        lostElements(list.lostElements());
    }
}
