package dev.cairn.crdt.reversal;

import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.OpId;
import dev.cairn.crdt.editing.Copying;
import dev.cairn.crdt.editing.Editing;
import dev.cairn.crdt.editing.OfMovableList;
import dev.cairn.crdt.lineage.ContainerRef;
import dev.cairn.crdt.lineage.Projection;
import dev.cairn.crdt.state.StateBuilder;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes a movable list as it was at a version: elements that are in both stay the same and are moved or assigned to.
 */
final class ListRestoring {
    private final Editing editing;
    private final Projection then;
    private final MovableListContainer live;
    private final MovableListContainer wanted;
    private final OfMovableList editor;

    ListRestoring(Editing editing, Projection then, MovableListContainer live, MovableListContainer wanted) {
        this.editing = editing;
        this.then = then;
        this.live = live;
        this.wanted = wanted;
        this.editor = new OfMovableList(editing, live);
    }

    /** Returns the containers of the past that are in both. */
    List<Container> apply() {
        List<OpId> target = ids(wanted, then.replayed());
        List<OpId> current = ids(live, editing.document());
        Set<OpId> kept = new HashSet<>(target);
        for (int i = current.size() - 1; i >= 0; i--) {
            if (!kept.contains(current.get(i))) {
                editor.delete(i, 1);
                current.remove(i);
            }
        }
        List<Container> same = new ArrayList<>();
        for (int i = 0; i < target.size(); i++) {
            int at = current.indexOf(target.get(i));
            int content = wanted.shown(wanted.elementAt(i));
            if (at < 0) {
                Copying.insert(editing, live, i, node(content));
                current.add(i, target.get(i));
            } else {
                editor.move(at, i);
                current.add(i, current.remove(at));
                assign(i, content, same);
            }
        }
        return same;
    }

    private static List<OpId> ids(MovableListContainer list, Document document) {
        List<OpId> ids = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            int element = list.elementAt(i);
            ChangeId change = document.graph().id(list.slots().lv(element));
            ids.add(new OpId(change.actor(), change.seq(), list.slots().index(element)));
        }
        return ids;
    }

    private Node node(int content) {
        return new StateBuilder(then.replayed()).content(content);
    }

    private void assign(int index, int content, List<Container> same) {
        int shown = live.shown(live.elementAt(index));
        if (content >= 0) {
            boolean differs = shown < 0 || !value(shown).equals(value(content));
            if (differs) {
                editor.set(index, value(content));
            }
            return;
        }
        Container there = then.replayed().containers().get(~content);
        Container here = ContainerRef.counterpart(there, then.replayed(), editing.document());
        if (here != null && shown == ~here.index()) {
            same.add(then.container(then.here(content)));
        } else {
            editor.delete(index, 1);
            Copying.insert(editing, live, index, node(content));
        }
    }

    private Value value(int content) {
        Document document = editing.document();
        return ValueCodec.read(document.log().array(content), document.log().offset(content));
    }
}
