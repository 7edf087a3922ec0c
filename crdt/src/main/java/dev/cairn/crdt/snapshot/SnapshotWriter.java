package dev.cairn.crdt.snapshot;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.OpId;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.state.StateBuilder;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.InvalidOperation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a document's state without its history.
 *
 * <pre>
 * snapshot  := 02 | changes | invalid | map body of the root
 * changes   := count, then per change: actor 16 bytes, seq, lamport varints, time zigzag varint;  named below by index
 * invalid   := count, then per operation: change, index, reason as length and UTF-8
 * body      := of a map:     entry count, entries in the order of their keys
 *              of a register: the same with the empty key
 *              of a list:    element count, elements; count of lost, lost
 *              of a movable list: element count, movables; count of other slots, each: position, 0 or 1 + number of the
 *                            element that does not stand there; count of lost, lost
 *              of a text:    length in bytes, UTF-8; mark count, marks
 *              of a counter: sum zigzag varint
 *              of a tree:    node count, nodes depth-first, those that are out behind the others
 * entry     := key length, key | 0 or 1: change, index of the greatest assignment or removal
 *              | derived count, derived | assignment count, assignments, greatest first
 * derived   := type | 8 if based, [actor 16 bytes, seq, index] | lost count, changes | body
 * assignment:= change, index, 0 and a value, or 1 and the number of the derived container
 * node      := change, index of its PLACE | 0 top, 1 out, 2 + number of the node above
 *              | unless out: length, position key
 *              | lost count, changes | 0, or 1 and a map body
 * element   := value, or container tag, change, index, body
 * movable   := change, index of its insertion, 0, value
 *              | ..., 1, container count, each: type, change, index, lost count, changes, body;
 *                assignment count, assignments, greatest first
 * mark      := change, index, key length, key, flags, value, positions in units of its start and end, anchors included
 * lost      := actor 16 bytes, seq, index of the insertion of an element that is deleted, count, changes
 * </pre>
 *
 * Deleted elements of lists are left out but for their lost edits. All numbers are varints.
 */
public final class SnapshotWriter {
    /** The version of the layout. */
    public static final int VERSION = 2;

    private final Document document;
    private final EventGraph graph;
    private final StateBuilder states;
    private final ByteSink body = new ByteSink();
    private final Map<ChangeId, Integer> numbers = new LinkedHashMap<>();
    private final List<Integer> lvs = new ArrayList<>();

    private SnapshotWriter(Document document) {
        this.document = document;
        this.graph = document.graph();
        this.states = new StateBuilder(document);
    }

    /** Returns the snapshot of the document as it is now, read-only. */
    public static ByteBuffer write(Document document) {
        SnapshotWriter writer = new SnapshotWriter(document);
        writer.body(document.root());
        ByteSink invalid = writer.invalid();
        ByteSink sink = new ByteSink();
        sink.octet(VERSION);
        writer.changes(sink);
        sink.bytes(invalid.array(), 0, invalid.length());
        sink.bytes(writer.body.array(), 0, writer.body.length());
        return sink.copy();
    }

    private ByteSink invalid() {
        ByteSink sink = new ByteSink();
        sink.varint(document.invalid().size());
        for (InvalidOperation operation : document.invalid()) {
            sink.varint(number(operation.change()));
            sink.varint(operation.index());
            sink.string(operation.reason());
        }
        return sink;
    }

    private int number(ChangeId id) {
        int actor = graph.findActor(id.actor());
        int lv = graph.lvOf(actor, (int) id.seq());
        return lv >= 0 ? number(lv) : number(graph.nameBelow(id, 0, 0));
    }

    ByteSink body() {
        return body;
    }

    StateBuilder states() {
        return states;
    }

    OpId id(int lv, int index) {
        ChangeId change = graph.id(lv);
        return new OpId(change.actor(), change.seq(), index);
    }

    int number(int lv) {
        ChangeId id = graph.id(lv);
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        numbers.put(id, lvs.size());
        lvs.add(lv);
        return lvs.size() - 1;
    }

    private void changes(ByteSink sink) {
        sink.varint(lvs.size());
        for (int lv : lvs) {
            ChangeId id = graph.id(lv);
            sink.fixed(id.actor().high());
            sink.fixed(id.actor().low());
            sink.varint(id.seq());
            sink.varint(graph.lamport(lv));
            sink.zigzag(graph.time(lv));
        }
    }

    void body(Container container) {
        if (container instanceof MapContainer map) {
            map(map);
        } else if (container instanceof CounterContainer counter) {
            body.zigzag(counter.sum());
        } else if (container instanceof TreeContainer tree) {
            new TreeSnapshots(this, document, states).write(tree);
        } else if (container instanceof SequenceContainer sequence) {
            if (sequence.type() == ContainerType.TEXT) {
                TextSnapshot.write(this, sequence);
            } else {
                list(sequence);
            }
        } else if (container instanceof MovableListContainer list) {
            MovableListSnapshot.write(this, list);
        }
    }

    private void map(MapContainer map) {
        Entry[] entries = map.sorted();
        int kept = 0;
        for (Entry entry : entries) {
            kept += entry.count() > 0 || !entry.derived().isEmpty() ? 1 : 0;
        }
        body.varint(kept);
        for (Entry entry : entries) {
            if (entry.count() > 0 || !entry.derived().isEmpty()) {
                entry(entry);
            }
        }
    }

    private void entry(Entry entry) {
        body.varint(entry.key().length);
        body.bytes(entry.key(), 0, entry.key().length);
        boolean replaced = entry.replaced() && !entry.derived().isEmpty();
        body.varint(replaced ? 1 : 0);
        if (replaced) {
            body.varint(number(entry.replacedLv()));
            body.varint(entry.replacedIndex());
        }
        body.varint(entry.derived().size());
        for (Container container : entry.derived()) {
            derived(container);
        }
        assignments(entry);
    }

    void assignments(Entry entry) {
        body.varint(entry.count());
        Integer[] order = new Integer[entry.count()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> entry.compare(graph, b, a));
        for (int i : order) {
            assignment(entry, i);
        }
    }

    private void derived(Container container) {
        OpId base = container.base();
        body.varint(container.type().number() | (base == null ? 0 : 8));
        base(base);
        lostIn(container);
        body(container);
    }

    private void base(@Nullable OpId base) {
        if (base != null) {
            body.fixed(base.actor().high());
            body.fixed(base.actor().low());
            body.varint(base.seq());
            body.varint(base.index());
        }
    }

    /** Writes what was lost inside a container that is gone. */
    void lostIn(Container container) {
        lost(container.isHeld() ? new int[0] : states.lostEdits(container));
    }

    /** Writes what was lost inside an element that is deleted. */
    void lost(OpId element, int[] edits) {
        base(element);
        lost(edits);
    }

    void lost(int[] lost) {
        body.varint(lost.length);
        for (int lv : lost) {
            body.varint(number(lv));
        }
    }

    private void assignment(Entry entry, int i) {
        body.varint(number(entry.lv(i)));
        body.varint(entry.opIndex(i));
        int content = entry.content(i);
        if (content >= 0) {
            body.varint(0);
            scalar(content);
        } else {
            body.varint(1);
            body.varint(entry.derived().indexOf(document.containers().get(~content)));
        }
    }

    void scalar(int address) {
        byte[] bytes = document.log().array(address);
        int start = document.log().offset(address);
        body.bytes(bytes, start, ValueCodec.length(bytes, start));
    }

    private void list(SequenceContainer list) {
        int[] content = list.sequence().toArray();
        body.varint(content.length);
        for (int unit : content) {
            if (unit >= 0) {
                scalar(unit);
            } else {
                Container container = document.containers().get(~unit);
                body.octet(Layout.CONTAINER_TAG + container.type().number());
                body.varint(number(container.madeLv()));
                body.varint(container.madeIndex());
                body(container);
            }
        }
        Map<OpId, int[]> lost = new LinkedHashMap<>(list.lostElements());
        for (Container container : list.made()) {
            int[] edits = container.isHeld() ? new int[0] : states.lostEdits(container);
            if (edits.length > 0) {
                lost.put(id(container.madeLv(), container.madeIndex()), edits);
            }
        }
        body.varint(lost.size());
        lost.forEach(this::lost);
    }
}
