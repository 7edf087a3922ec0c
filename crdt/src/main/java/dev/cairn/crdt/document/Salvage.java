package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings back containers with the edits that were lost inside of them, or settles that these are to be forgotten. */
final class Salvage {
    private final Editing editing;
    private final Document document;

    /** A container that is gone, and the key under which it was; none if it was an element of a list. */
    private record Lost(Container container, @Nullable Entry entry) {}

    Salvage(Editing editing) {
        this.editing = editing;
        this.document = editing.document();
    }

    /** Brings the container back with all that is in it: under its key, or as a new element at the end of its list. */
    void restore(Conflict.LostEdits conflict) {
        Lost lost = find(conflict);
        if (lost.entry != null && lost.container.parent instanceof MapContainer map) {
            editing.assign(map, lost.entry, lost.container);
        } else if (lost.container.parent instanceof SequenceContainer list) {
            Copying.insert(editing, list, list.sequence.size(), editing.view(lost.container));
            drop(list, lost.container);
        }
    }

    /** Settles that the container stays away, now that its edits are known. */
    void dismiss(Conflict.LostEdits conflict) {
        Lost lost = find(conflict);
        if (lost.entry != null && lost.container.parent instanceof MapContainer map) {
            confirm(map, lost.entry);
        } else if (lost.container.parent instanceof SequenceContainer list) {
            drop(list, lost.container);
        }
    }

    /** Assigns again what a key shows, or removes it again. */
    private void confirm(MapContainer map, Entry entry) {
        if (entry.count == 0) {
            editing.go(map).remove(entry.key, 0, entry.key.length);
            document.remove(map, entry, document.localLv());
            return;
        }
        int content = entry.content(entry.winner(document.graph));
        if (content < 0) {
            editing.assign(map, entry, document.containers.get(~content));
        } else {
            editing.put(map, entry.key, (Value) editing.view(content));
        }
    }

    private void drop(SequenceContainer list, Container element) {
        editing.go(list).drop();
        editing.id(element.madeLv, element.madeIndex);
        document.dropLocal(element);
    }

    private Lost find(Conflict.LostEdits conflict) {
        for (Lost lost : candidates(conflict.path())) {
            List<ChangeId> changes = Arrays.stream(new StateBuilder(document).lostEdits(lost.container))
                    .mapToObj(document.graph::id)
                    .toList();
            if (!lost.container.isHeld()
                    && changes.equals(
                            conflict.edits().stream().map(Conflict.Edit::change).toList())) {
                return lost;
            }
        }
        throw new IllegalArgumentException("nothing can be brought back or dismissed here: " + conflict.path());
    }

    private List<Lost> candidates(List<Step> path) {
        List<Lost> found = new ArrayList<>();
        Container shown = document.at(path);
        if (shown != null && document.insideRegisters(shown) instanceof SequenceContainer list) {
            list.made.forEach(element -> found.add(new Lost(element, null)));
        }
        while (shown instanceof MapContainer register && register.type == ContainerType.REGISTER) {
            addDerived(register, MapContainer.NO_KEY, found);
            shown = inRegister(register);
        }
        Container holder = path.isEmpty() ? null : document.at(path.subList(0, path.size() - 1));
        if (holder != null
                && document.insideRegisters(holder) instanceof MapContainer map
                && path.get(path.size() - 1) instanceof Step.Key last) {
            addDerived(map, Utf8.name(last.key()), found);
        }
        return found;
    }

    private @Nullable Container inRegister(MapContainer register) {
        Integer content = register.shown(document.graph, MapContainer.NO_KEY);
        return content == null || content >= 0 ? null : document.containers.get(~content);
    }

    private static void addDerived(MapContainer map, byte[] key, List<Lost> found) {
        Entry entry = map.find(key, 0, key.length);
        if (entry != null) {
            entry.derived.forEach(container -> found.add(new Lost(container, entry)));
        }
    }
}
