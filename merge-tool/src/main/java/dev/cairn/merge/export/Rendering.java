package dev.cairn.merge.export;

import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.view.Node;
import dev.cairn.replica.Document;
import java.util.List;

/** How documents are said as JSON, and who made what is in them: what an export asks of whoever calls it. */
public interface Rendering {
    /** A node as JSON. */
    String json(Node node);

    /** What JSON does not tell of a document, as JSON: which strings are texts, which numbers are counters. */
    String kinds(Document document);

    /** A path of {@link String} keys and {@link Integer} indexes as a person writes it. */
    String path(List<Object> steps);

    /** Who made the text at the end of a path. */
    Blame.OfSequence blame(Document document, List<Object> steps);
}
