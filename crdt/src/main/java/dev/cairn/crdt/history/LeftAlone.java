package dev.cairn.crdt.history;

import dev.cairn.crdt.view.Step;
import java.util.List;

/**
 * A part of a document which taking back a change, or making it again, left as it is.
 *
 * @param document the document
 * @param path where in it: a container, an entry of a map, an element of a movable list or a node of a tree; of what is
 *     gone, where it was
 * @param reason why
 */
public record LeftAlone(String document, List<Step> path, Reason reason) {
    /** Why something was left as it is. */
    public enum Reason {
        /** It was edited since, and what came of that counts. */
        EDITED_SINCE,
        /** It would go, and somebody has worked inside of it since. */
        WORKED_IN,
        /** It is gone, or what it would go into is. */
        GONE,
        /** A node of a tree would come to be below itself. */
        CIRCLE
    }

    public LeftAlone {
        path = List.copyOf(path);
    }
}
