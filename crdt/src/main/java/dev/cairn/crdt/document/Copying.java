package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;

/** Makes a new container like one that can be seen. */
final class Copying {
    private Copying() {}

    static ContainerType typeOf(Node node) {
        if (node instanceof MapView) {
            return ContainerType.MAP;
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
            fill(editing, (SequenceContainer) container, list);
        } else if (like instanceof TextView) {
            editing.insertText((SequenceContainer) container, 0, like.toString());
        } else if (like instanceof CounterView counter) {
            editing.add((CounterContainer) container, counter.value());
        }
    }

    private static void assign(Editing editing, MapContainer map, byte[] key, Node value) {
        if (value instanceof Value scalar) {
            editing.put(map, key, scalar);
        } else {
            fill(editing, editing.child(map, key, typeOf(value)), value);
        }
    }

    private static void fill(Editing editing, SequenceContainer list, ListView like) {
        for (int i = 0; i < like.size(); i++) {
            if (like.get(i) instanceof Value scalar) {
                editing.insertScalar(list, i, scalar);
            } else {
                fill(editing, editing.insertContainer(list, i, typeOf(like.get(i))), like.get(i));
            }
        }
    }
}
