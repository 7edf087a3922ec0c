package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.OpId;
import dev.cairn.crdt.version.ChangeId;
import org.jspecify.annotations.Nullable;

/** Makes containers under the keys of maps, or takes the one that is there. */
final class Making {
    private final Editing editing;
    private final Document document;

    Making(Editing editing, Document document) {
        this.editing = editing;
        this.document = document;
    }

    /** Returns the container of that type under the key, made if it is not what is shown there. */
    Container child(MapContainer map, Entry entry, ContainerType type) {
        editing.requireOpen();
        Container held = held(entry, type);
        if (held != null && entry.content(entry.winner(document.graph())) == ~held.index()) {
            return held;
        }
        Editing.requireRoom(map);
        if (held != null) {
            return make(map, entry, type, held.base());
        }
        return make(map, entry, type, freshBase(entry, type));
    }

    private @Nullable Container held(Entry entry, ContainerType type) {
        int best = -1;
        for (int i = 0; i < entry.count(); i++) {
            boolean fits = entry.content(i) < 0 && container(entry.content(i)).type() == type;
            if (fits && (best < 0 || entry.compare(document.graph(), i, best) > 0)) {
                best = i;
            }
        }
        return best < 0 ? null : container(entry.content(best));
    }

    private Container container(int content) {
        return document.containers().get(~content);
    }

    private @Nullable OpId freshBase(Entry entry, ContainerType type) {
        boolean before = entry.derived().stream().anyMatch(container -> container.type() == type);
        if (!before || !entry.replaced()) {
            return null;
        }
        ChangeId change = document.graph().id(entry.replacedLv());
        return new OpId(change.actor(), change.seq(), entry.replacedIndex());
    }

    /** Assigns a container which is, or was, under the key. */
    Container assign(MapContainer map, Entry entry, Container container) {
        Editing.requireRoom(map);
        return make(map, entry, container.type(), container.base());
    }

    private Container make(MapContainer map, Entry entry, ContainerType type, @Nullable OpId base) {
        OperationWriter writer = editing.go(map);
        writer.make(type, entry.key(), 0, entry.key().length, base != null);
        editing.base(base);
        return document.make(map, entry, document.localLv(), type, base);
    }
}
