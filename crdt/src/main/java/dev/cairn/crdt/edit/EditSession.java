package dev.cairn.crdt.edit;

import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import java.util.List;

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

    /**
     * Takes back what a change did, as if it had never been made: its characters and elements go, those which only it
     * deleted come back where they were, elements and nodes go back to where they would be without it, keys which show
     * what it assigned show what they would without it, counters lose what it added. What others did since stays. A
     * change which takes back another is itself taken back by making the other again.
     *
     * <p>It must be the first and only edit of the session, and the history must be in memory: see
     * {@code DocumentSet.history()}.
     *
     * @return the parts of documents which had to be left as they are, and why
     * @throws IllegalArgumentException if the change is not integrated, or is taken back already
     * @throws IllegalStateException if something was edited before, or the history is not in memory
     */
    List<LeftAlone> takeBack(ChangeId change);

    /**
     * Makes a change again which was taken back.
     *
     * @return the parts of documents which had to be left as they are, and why
     * @throws IllegalArgumentException if the change is not integrated, or is not taken back
     * @throws IllegalStateException if something was edited before, or the history is not in memory
     */
    List<LeftAlone> makeAgain(ChangeId change);

    /**
     * Makes a document as it was at a version, with as few edits as possible: what is the same character, element or
     * container then and now stays, so that concurrent edits merge.
     *
     * @throws IllegalArgumentException if a head of the version is not integrated
     * @throws IllegalStateException if this document was edited before, or the history is not in memory
     */
    void restore(String document, Heads version);

    /** Ends the session and integrates the change; one without edits is dropped and leaves no trace. */
    LocalChange finish();

    /** Ends the session and leaves the set exactly as it was before. */
    void cancel();
}
