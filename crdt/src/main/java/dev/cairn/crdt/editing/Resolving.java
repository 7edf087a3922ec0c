package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settles conflicts by local edits. */
final class Resolving {
    private final Editing editing;
    private final Document document;

    /** An entry which may have the conflict. */
    private record Place(MapContainer map, Entry entry) {}

    Resolving(Editing editing) {
        this.editing = editing;
        this.document = editing.document();
    }

    /** Makes one of the assignments of an entry the only one. */
    void keep(Conflict.Assignments conflict, Assignment chosen) {
        Place place = place(conflict, chosen);
        int content = place.entry.content(find(place.entry, chosen.change()));
        if (place.map.parent() instanceof MovableListContainer list) {
            int index = ((Step.Index) conflict.path().get(conflict.path().size() - 1)).index();
            keep(new OfMovableList(editing, list), index, content);
        } else if (content < 0) {
            editing.assign(place.map, place.entry, document.containers().get(~content));
        } else {
            editing.put(place.map, place.entry.key(), (Value) editing.view(content));
        }
    }

    private void keep(OfMovableList list, int index, int content) {
        if (content < 0) {
            list.setAgain(index, document.containers().get(~content));
        } else {
            list.set(index, editing.view(content));
        }
    }

    /** An entry and the register in it have one path: meant is the first that has most of the conflict. */
    private Place place(Conflict.Assignments conflict, Assignment chosen) {
        Place found = null;
        long most = 0;
        for (Place place = outermost(conflict.path()); place != null; place = inRegister(place)) {
            Entry entry = place.entry;
            long there = conflict.assignments().stream()
                    .filter(assignment -> find(entry, assignment.change()) >= 0)
                    .count();
            if (find(entry, chosen.change()) >= 0 && there > most) {
                found = place;
                most = there;
            }
        }
        if (found == null) {
            throw gone(conflict.path());
        }
        return found;
    }

    private @Nullable Place outermost(List<Step> path) {
        Container holder = path.isEmpty() ? null : document.at(path.subList(0, path.size() - 1));
        Container inside = holder == null ? null : document.insideRegisters(holder);
        Step last = path.isEmpty() ? null : path.get(path.size() - 1);
        if (inside instanceof MapContainer map && last instanceof Step.Key key) {
            return place(map, Utf8.name(key.key()));
        }
        if (inside instanceof MovableListContainer list
                && last instanceof Step.Index index
                && index.index() >= 0
                && index.index() < list.size()) {
            return place(list.register(list.elementAt(index.index())), MapContainer.NO_KEY);
        }
        return null;
    }

    private @Nullable Place inRegister(Place place) {
        Integer content = place.map.shown(document.graph(), place.entry.key());
        if (content != null
                && content < 0
                && document.containers().get(~content) instanceof MapContainer inner
                && inner.type() == ContainerType.REGISTER) {
            return place(inner, MapContainer.NO_KEY);
        }
        return null;
    }

    private static @Nullable Place place(MapContainer map, byte[] key) {
        Entry entry = map.find(key, 0, key.length);
        return entry == null ? null : new Place(map, entry);
    }

    private int find(Entry entry, ChangeId change) {
        int found = -1;
        for (int i = 0; i < entry.count(); i++) {
            found = document.graph().id(entry.lv(i)).equals(change) ? i : found;
        }
        return found;
    }

    private static IllegalArgumentException gone(List<Step> path) {
        return new IllegalArgumentException("this conflict is not there any more: " + path);
    }
}
