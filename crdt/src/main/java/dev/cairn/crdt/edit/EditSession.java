package dev.cairn.crdt.edit;

/**
 * One local change in the making: everything edited until {@link #finish()} becomes one atomic change.
 *
 * <p>Reads inside the session see its own edits. While it is open nothing else may change the set.
 */
public interface EditSession {
    /**
     * Returns the editor of that document.
     *
     * @throws IllegalArgumentException if the name is empty, longer than 1,024 bytes of UTF-8, or has a lone surrogate
     */
    DocumentEditor on(String document);

    /** Ends the session and integrates the change; one without edits is dropped and leaves no trace. */
    LocalChange finish();

    /** Ends the session and leaves the set exactly as it was before. */
    void cancel();
}
