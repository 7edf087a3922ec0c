package dev.cairn.replica;

import dev.cairn.crdt.edit.DocumentEditor;

/**
 * The edits of one commit, handed to the function given to {@link Space#commit(java.util.function.Consumer)}. Reads see
 * the edits made before.
 *
 * <p>Valid only during that call. When the function throws, none of its edits happen.
 */
public interface Transaction {
    /**
     * The editor of the document of that name, which begins to exist with its first edit.
     *
     * @throws IllegalArgumentException if the name is not 1 to 1,024 bytes of UTF-8
     */
    DocumentEditor on(String document);

    /** The editor of the same document. */
    default DocumentEditor on(Document document) {
        return on(document.name());
    }
}
