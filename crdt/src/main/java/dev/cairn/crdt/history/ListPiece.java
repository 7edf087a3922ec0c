package dev.cairn.crdt.history;

import dev.cairn.crdt.view.Node;
import java.util.List;

/**
 * A stretch of a list in a {@link Difference}.
 *
 * @param kind what became of it
 * @param length how many elements it has
 * @param elements the elements; empty for what is kept
 */
public record ListPiece(TextPiece.Kind kind, int length, List<Node> elements) {
    public ListPiece {
        elements = List.copyOf(elements);
    }
}
