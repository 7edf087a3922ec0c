package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.Value;
import java.util.List;

/** Settles conflicts by local edits. */
final class Resolving {
    private final Editing editing;
    private final Document document;

    Resolving(Editing editing) {
        this.editing = editing;
        this.document = editing.document();
    }

    /** Makes one of the assignments of an entry the only one. */
    void keep(List<Step> path, Assignment chosen) {
        MapContainer map = map(path);
        Entry entry = entry(map, path);
        int content = content(entry, chosen.change(), path);
        if (content < 0) {
            editing.assign(map, entry, document.containers.get(~content));
        } else {
            editing.put(map, entry.key, (Value) editing.view(content));
        }
    }

    private MapContainer map(List<Step> path) {
        if (!path.isEmpty() && document.at(path.subList(0, path.size() - 1)) instanceof MapContainer map) {
            return map;
        }
        throw gone(path);
    }

    private static Entry entry(MapContainer map, List<Step> path) {
        if (path.get(path.size() - 1) instanceof Step.Key key) {
            byte[] name = Utf8.name(key.key());
            Entry entry = map.find(name, 0, name.length);
            if (entry != null) {
                return entry;
            }
        }
        throw gone(path);
    }

    private int content(Entry entry, ChangeId change, List<Step> path) {
        int found = -1;
        for (int i = 0; i < entry.count; i++) {
            found = document.graph.id(entry.lv(i)).equals(change) ? i : found;
        }
        if (found < 0) {
            throw gone(path);
        }
        return entry.content(found);
    }

    private static IllegalArgumentException gone(List<Step> path) {
        return new IllegalArgumentException("this conflict is not there any more: " + path);
    }
}
