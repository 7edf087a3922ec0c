package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.state.StateBuilder;
import dev.cairn.crdt.state.TreeLoss;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
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

    /**
     * Brings back what is gone with all that is in it: a container under its key, an element as a new one at the end of
     * its list, a node where it was last, or at the top if that is gone as well.
     */
    void restore(Conflict.LostEdits conflict) {
        if (inTree(conflict, TreeEditing::restore) || inMovableList(conflict, this::restore)) {
            return;
        }
        Lost lost = find(conflict);
        if (lost.entry != null && lost.container.parent() instanceof MapContainer map) {
            editing.assign(map, lost.entry, lost.container);
        } else if (lost.container.parent() instanceof SequenceContainer list) {
            Copying.insert(editing, list, list.sequence().size(), editing.view(lost.container));
            drop(list, lost.container);
        }
    }

    /** Settles that it stays away, now that the edits are known. */
    void dismiss(Conflict.LostEdits conflict) {
        if (inTree(conflict, TreeEditing::dropAgain) || inMovableList(conflict, this::drop)) {
            return;
        }
        Lost lost = find(conflict);
        if (lost.entry != null && lost.container.parent() instanceof MapContainer map) {
            confirm(map, lost.entry);
        } else if (lost.container.parent() instanceof SequenceContainer list) {
            drop(list, lost.container);
        }
    }

    /** Assigns again what a key shows, or removes it again. */
    private void confirm(MapContainer map, Entry entry) {
        if (entry.count() == 0) {
            editing.go(map).remove(entry.key(), 0, entry.key().length);
            document.remove(map, entry, document.localLv());
            return;
        }
        int content = entry.content(entry.winner(document.graph()));
        if (content < 0) {
            editing.assign(map, entry, document.containers().get(~content));
        } else {
            editing.put(map, entry.key(), (Value) editing.view(content));
        }
    }

    private void drop(SequenceContainer list, Container element) {
        editing.go(list).drop();
        editing.id(element.madeLv(), element.madeIndex());
        document.dropLocal(element);
    }

    // ---- nodes of trees

    private boolean inTree(Conflict.LostEdits conflict, ObjIntConsumer<TreeEditing> settling) {
        List<Step> path = conflict.path();
        Step last = path.isEmpty() ? null : path.get(path.size() - 1);
        Container around = path.isEmpty() ? null : document.at(path.subList(0, path.size() - 1));
        if (!(last instanceof Step.TreeNode named)
                || around == null
                || !(document.insideRegisters(around) instanceof TreeContainer tree)) {
            return false;
        }
        int node = document.trees().find(tree, named.id());
        TreeLoss loss = new TreeLoss(new StateBuilder(document), document.graph(), tree);
        for (int top : loss.tops()) {
            if (loss.out().node(top) == node && isOf(conflict, loss.lostBelow(top))) {
                settling.accept(new TreeEditing(editing, tree), node);
                return true;
            }
        }
        return false;
    }

    // ---- elements of movable lists

    private interface Settling {
        void settle(MovableListContainer list, int element);
    }

    private boolean inMovableList(Conflict.LostEdits conflict, Settling settling) {
        Container shown = document.at(conflict.path());
        if (shown == null || !(document.insideRegisters(shown) instanceof MovableListContainer list)) {
            return false;
        }
        StateBuilder states = new StateBuilder(document);
        for (int element = 0; element < list.slots().elements(); element++) {
            if (list.mayHaveLost(element) && isOf(conflict, states.lostEdits(list, element))) {
                settling.settle(list, element);
                return true;
            }
        }
        return false;
    }

    private void restore(MovableListContainer list, int element) {
        Node like = editing.view(list.shown(element));
        Copying.insert(editing, list, list.size(), like);
        drop(list, element);
    }

    private void drop(MovableListContainer list, int element) {
        editing.go(list).drop();
        editing.id(list.slots().lv(element), list.slots().index(element));
        list.dropLocal(element);
    }

    private boolean isOf(Conflict.LostEdits conflict, int[] lvs) {
        return lvs.length > 0
                && Arrays.stream(lvs)
                        .mapToObj(document.graph()::id)
                        .toList()
                        .equals(conflict.edits().stream()
                                .map(Conflict.Edit::change)
                                .toList());
    }

    private Lost find(Conflict.LostEdits conflict) {
        for (Lost lost : candidates(conflict.path())) {
            if (!lost.container.isHeld() && isOf(conflict, new StateBuilder(document).lostEdits(lost.container))) {
                return lost;
            }
        }
        throw new IllegalArgumentException("nothing can be brought back or dismissed here: " + conflict.path());
    }

    private List<Lost> candidates(List<Step> path) {
        List<Lost> found = new ArrayList<>();
        Container shown = document.at(path);
        if (shown != null && document.insideRegisters(shown) instanceof SequenceContainer list) {
            list.made().forEach(element -> found.add(new Lost(element, null)));
        }
        while (shown instanceof MapContainer register && register.type() == ContainerType.REGISTER) {
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
        Integer content = register.shown(document.graph(), MapContainer.NO_KEY);
        return content == null || content >= 0 ? null : document.containers().get(~content);
    }

    private static void addDerived(MapContainer map, byte[] key, List<Lost> found) {
        Entry entry = map.find(key, 0, key.length);
        if (entry != null) {
            entry.derived().forEach(container -> found.add(new Lost(container, entry)));
        }
    }
}
