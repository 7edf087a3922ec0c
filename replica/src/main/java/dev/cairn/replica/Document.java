package dev.cairn.replica;

import java.util.Map;

/**
 * A document at one version: a tree of maps, lists, texts, counters and values under a root map.
 *
 * <p>Immutable and safe to read from any thread; ask the space again for a later state.
 */
public interface Document {
    /** The document's name, which {@link Transaction#on(Document)} takes. */
    String name();

    /** Whether the document has any content. */
    boolean exists();

    /** The text under a key of the root map; empty when there is none. */
    String text(String key);

    /** The value of the counter under a key of the root map; 0 when there is none. */
    long counter(String key);

    /** The whole document as maps, lists, strings, numbers and booleans. */
    Map<String, Object> toPlain();
}
