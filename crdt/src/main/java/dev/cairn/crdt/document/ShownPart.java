package dev.cairn.crdt.document;

import dev.cairn.crdt.view.Node;

/**
 * What a part of a list shows; it is shown again as long as neither its units change nor anything inside of them.
 */
final class ShownPart {
    final Node[] nodes;

    /** Whether something inside looks different now. */
    boolean stale;

    ShownPart(Node[] nodes) {
        this.nodes = nodes;
    }
}
