package dev.cairn.crdt.view;

import dev.cairn.crdt.version.ChangeId;
import java.util.List;

/** Something concurrent edits disagreed about; nothing of it is lost. */
public sealed interface Conflict {
    /** Returns where in the document. */
    List<Step> path();

    /**
     * Several assignments of one map entry, none of which knew of the others.
     *
     * @param path the entry
     * @param assignments all of them, the one shown first
     */
    record Assignments(List<Step> path, List<Assignment> assignments) implements Conflict {}

    /**
     * Edits inside a container which somebody else removed without knowing of them.
     *
     * @param path where the container was; for an element of a list, the list; for a node of a tree, and
     *     those below it, the node that was taken out
     * @param edits the changes which edited it, oldest first
     */
    record LostEdits(List<Step> path, List<Edit> edits) implements Conflict {}

    /**
     * A change which edited a removed container.
     *
     * @param change the change
     * @param lamport its Lamport number
     * @param timeMillis its wall time in milliseconds since 1970, for display only
     */
    record Edit(ChangeId change, long lamport, long timeMillis) {}
}
