package dev.cairn.crdt.edit;

import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Conflict;

/** The editor of one document: its root map, and shortcuts to the containers directly under it. */
public interface DocumentEditor {
    /** Returns the editor of the root map. */
    MapEditor map();

    /** Returns the map under that key of the root map, made if need be. */
    default MapEditor map(String key) {
        return map().map(key);
    }

    /** Returns the text under that key of the root map, made if need be. */
    default TextEditor text(String key) {
        return map().text(key);
    }

    /** Returns the list under that key of the root map, made if need be. */
    default ListEditor list(String key) {
        return map().list(key);
    }

    /** Returns the movable list under that key of the root map, made if need be. */
    default MovableListEditor movableList(String key) {
        return map().movableList(key);
    }

    /** Returns the counter under that key of the root map, made if need be. */
    default CounterEditor counter(String key) {
        return map().counter(key);
    }

    /** Returns the tree under that key of the root map, made if need be. */
    default TreeEditor tree(String key) {
        return map().tree(key);
    }

    /**
     * Settles a conflict in favour of one of its assignments: assigns the same again, which supersedes all that are
     * there now. A container which is chosen stays the same one, with all that is in it.
     *
     * @throws IllegalArgumentException if that assignment is not there any more
     */
    DocumentEditor resolve(Conflict.Assignments conflict, Assignment chosen);

    /** Returns the register under that key of the root map, made if need be. */
    default RegisterEditor register(String key) {
        return map().register(key);
    }

    /**
     * Brings back what was removed with everything in it, the lost edits too: a container under its key, in place of
     * what is there now; an element of a list as a copy at the end of the list; a node of a tree where it was last, or
     * at the top if what it was below is gone.
     *
     * @throws IllegalArgumentException if these edits are not lost any more, or were in an element of a list which was
     *     deleted before the last checkpoint: ask for the history first
     */
    DocumentEditor restore(Conflict.LostEdits conflict);

    /**
     * Settles that lost edits are to stay so: they are not listed any more.
     *
     * @throws IllegalArgumentException as {@link #restore}
     */
    DocumentEditor dismiss(Conflict.LostEdits conflict);
}
