package dev.cairn.cli.document;

import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeView;

/** The kinds of containers, by the names people use for them. */
public enum Kind {
    map,
    list,
    movable,
    text,
    counter,
    register,
    tree;

    /** Whether a node is a container of this kind. */
    boolean isKindOf(Node node) {
        return switch (this) {
            case map -> node instanceof MapView;
            case list -> node instanceof ListView && !(node instanceof MovableListView);
            case movable -> node instanceof MovableListView;
            case text -> node instanceof TextView;
            case counter -> node instanceof CounterView;
            case register -> node instanceof RegisterView;
            case tree -> node instanceof TreeView;
        };
    }

    /** Makes one where there is nothing. */
    void make(Place place) {
        switch (this) {
            case map -> place.map();
            case list -> place.list();
            case movable -> place.movableList();
            case text -> place.text();
            case counter -> place.counter();
            case register -> place.register();
            case tree -> place.tree();
        }
    }
}
