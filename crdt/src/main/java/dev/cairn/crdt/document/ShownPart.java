package dev.cairn.crdt.document;

import dev.cairn.crdt.view.Node;

/**
 * What a part of a list shows; it is shown again as long as neither its units change nor anything inside of them.
 */
public final class ShownPart {
    final Node[] nodes;

    /** Whether something inside looks different now. */
    boolean stale;

    /** Returns a part with these elements, which may still be filled in. */
    public ShownPart(Node[] nodes) {
        this.nodes = nodes;
    }

    /** Tells whether something inside looks different now. */
    public boolean stale() {
        return stale;
    }

    /** Returns what the part shows; must not be changed once it is shown. */
    public Node[] nodes() {
        return nodes;
    }
}
