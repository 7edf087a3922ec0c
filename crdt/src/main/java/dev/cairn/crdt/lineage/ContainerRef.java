package dev.cairn.crdt.lineage;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.codec.ByteSource;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.OpId;
import dev.cairn.crdt.version.ActorId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The name of a container which is the same in every {@link Document} of one name: on other devices, in the past. */
public final class ContainerRef {
    private static final int ROOT = 0;
    private static final int DERIVED = 1;
    private static final int BASED = 2;
    private static final int MADE = 3;

    private ContainerRef() {}

    /** Returns the container of another document that is this one; null if it has none. */
    public static @Nullable Container counterpart(Container container, Document from, Document to) {
        if (container.parent() == null) {
            return to.root();
        }
        Entry entry = container.entry();
        if (entry == null || container.isMade()) {
            return made(to, from.idOf(container));
        }
        if (!(counterpart(container.parent(), from, to) instanceof MapContainer map)) {
            return null;
        }
        Entry there = map.find(entry.key(), 0, entry.key().length);
        return there == null ? null : there.find(container.type(), container.base());
    }

    /** Returns the container which an operation made: in a list, or the map of a tree's node. */
    private static @Nullable Container made(Document document, OpId id) {
        Container container = document.made(id);
        int actor = document.graph().findActor(id.actor());
        if (container != null || actor < 0 || id.seq() > document.graph().known(actor)) {
            return container;
        }
        return document.trees().mapMadeBy(actor, (int) id.seq(), id.index());
    }

    /** Writes the name: from the inside out. */
    static void write(ByteSink sink, Container container, Document document) {
        if (container.parent() == null) {
            sink.octet(ROOT);
            return;
        }
        Entry entry = container.entry();
        if (entry == null || container.isMade()) {
            sink.octet(MADE);
            id(sink, document.idOf(container));
            return;
        }
        sink.octet(container.base() == null ? DERIVED : BASED);
        sink.octet(container.type().number());
        sink.varint(entry.key().length);
        sink.bytes(entry.key(), 0, entry.key().length);
        if (container.base() != null) {
            id(sink, container.base());
        }
        write(sink, container.parent(), document);
    }

    private static void id(ByteSink sink, OpId id) {
        sink.fixed(id.actor().high());
        sink.fixed(id.actor().low());
        sink.varint(id.seq());
        sink.varint(id.index());
    }

    private static OpId id(ByteSource source) {
        ActorId actor = new ActorId(source.fixed(), source.fixed());
        long seq = source.varint();
        return new OpId(actor, seq, source.varint31());
    }

    /** Reads a name and returns the container; null if the document has no such container. */
    static @Nullable Container read(ByteSource source, Document document) {
        return read(source, document, 0);
    }

    private static @Nullable Container read(ByteSource source, Document document, int depth) {
        if (depth > Layout.DEPTH_MAX) {
            throw new IllegalArgumentException("containers are nested deeper than " + Layout.DEPTH_MAX);
        }
        int kind = source.octet();
        switch (kind) {
            case ROOT -> {
                return document.root();
            }
            case MADE -> {
                return made(document, id(source));
            }
            case DERIVED, BASED -> {
                return derived(source, document, kind == BASED, depth);
            }
            default -> throw new IllegalArgumentException("not the name of a container: " + kind);
        }
    }

    private static @Nullable Container derived(ByteSource source, Document document, boolean based, int depth) {
        int type = source.octet();
        int length = source.count(1);
        int key = source.text(length);
        OpId base = based ? id(source) : null;
        if (!(read(source, document, depth + 1) instanceof MapContainer map)) {
            return null;
        }
        Entry entry = map.find(source.array(), key, length);
        return entry == null
                ? null
                : entry.derived().stream()
                        .filter(child -> child.type().number() == type && Objects.equals(child.base(), base))
                        .findFirst()
                        .orElse(null);
    }
}
