package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.document.Trees;
import dev.cairn.crdt.state.MarkRange;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.util.ArrayDeque;
import java.util.Deque;

/** Makes a new container like one that can be seen. */
public final class Copying {
    private Copying() {}

    static ContainerType typeOf(Node node) {
        if (node instanceof MapView) {
            return ContainerType.MAP;
        }
        if (node instanceof MovableListView) {
            return ContainerType.MOVABLE_LIST;
        }
        if (node instanceof TreeView) {
            return ContainerType.TREE;
        }
        if (node instanceof ListView) {
            return ContainerType.LIST;
        }
        if (node instanceof TextView) {
            return ContainerType.TEXT;
        }
        if (node instanceof CounterView) {
            return ContainerType.COUNTER;
        }
        if (node instanceof RegisterView) {
            return ContainerType.REGISTER;
        }
        throw new IllegalArgumentException("no container: " + node);
    }

    /** Edits a new, empty container until it is like the node. */
    static void fill(Editing editing, Container container, Node like) {
        if (like instanceof MapView map) {
            map.entries().forEach((key, value) -> assign(editing, (MapContainer) container, Utf8.name(key), value));
        } else if (like instanceof RegisterView register) {
            register.value().ifPresent(value -> assign(editing, (MapContainer) container, MapContainer.NO_KEY, value));
        } else if (like instanceof ListView list) {
            fill(editing, container, list);
        } else if (like instanceof TextView text) {
            editing.insertText((SequenceContainer) container, 0, like.toString());
            Marking.make(editing, (SequenceContainer) container, MarkRange.of(text));
        } else if (like instanceof TreeView tree) {
            fill(editing, new OfTree(editing, (TreeContainer) container), tree);
        } else if (like instanceof CounterView counter) {
            editing.add((CounterContainer) container, counter.value());
        }
    }

    private static void assign(Editing editing, MapContainer map, byte[] key, Node value) {
        if (value instanceof Value scalar) {
            editing.put(map, key, scalar);
        } else {
            fill(editing, editing.child(map, map.findOrAdd(key, 0, key.length), typeOf(value)), value);
        }
    }

    private static void fill(Editing editing, Container list, ListView like) {
        for (int i = 0; i < like.size(); i++) {
            insert(editing, list, i, like.get(i));
        }
    }

    /** Inserts an element like the node into a list of either kind. */
    public static void insert(Editing editing, Container list, int index, Node like) {
        if (list instanceof MovableListContainer movable) {
            OfMovableList editor = new OfMovableList(editing, movable);
            if (like instanceof Value scalar) {
                editor.insert(index, scalar);
            } else {
                fill(editing, editor.insertContainer(index, typeOf(like)), like);
            }
        } else if (like instanceof Value scalar) {
            editing.insertScalar((SequenceContainer) list, index, scalar);
        } else {
            fill(editing, editing.insertContainer((SequenceContainer) list, index, typeOf(like)), like);
        }
    }

    private static void fill(Editing editing, OfTree copy, TreeView like) {
        Trees trees = editing.document().trees();
        Deque<TreeNodeId> above = new ArrayDeque<>();
        like.walk(new TreeView.Walker() {
            @Override
            public void enter(TreeNodeId node, MapView data, int children) {
                TreeNodeId made = above.isEmpty() ? copy.add() : copy.add(above.element());
                fill(editing, trees.map(copy.tree(), trees.find(copy.tree(), made)), data);
                above.push(made);
            }

            @Override
            public void leave(TreeNodeId node) {
                above.pop();
            }
        });
    }
}
