package dev.cairn.merge.mirror;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** The space as a mirror sees it: named texts. */
public interface Documents {
    /** The names of all documents that have a text. */
    SortedSet<String> names();

    /** The text of a document, if it has one. */
    Optional<String> text(String name);

    /** Why a document cannot have a text, as when something else is in its place; nothing if it can. */
    Optional<String> problem(String name);

    /**
     * Makes documents say something else, by as few edits as possible, each only if it still says what is expected. All
     * is durable when this returns.
     *
     * @return for each whether it was done
     */
    List<Boolean> replace(List<Replacement> replacements);

    /** Where the history of the documents is now; for {@link #said}. */
    String mark();

    /** Whether this device has made a document say something since then, whatever came after. */
    boolean said(String name, String mark, String text);

    /** One text of two that were made of one by different people, which loses nothing of either. */
    String mergeCharacters(String agreed, String file, String document);

    /**
     * A change of a document.
     *
     * @param expected what it says; nothing if it has no text
     * @param next what it is to say; nothing to remove the text
     */
    record Replacement(String name, Optional<String> expected, Optional<String> next) {}
}
