package dev.cairn.crdt.edit;

import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The editor of a text. Positions and lengths are UTF-16 code units, as in {@link String}; none may split a surrogate
 * pair.
 */
public interface TextEditor {
    /**
     * Inserts text before the position.
     *
     * @throws IndexOutOfBoundsException if the position is outside
     * @throws IllegalArgumentException if the text has a lone surrogate or the position is inside a pair
     */
    TextEditor insert(int position, String text);

    /** Deletes {@code length} code units from the position on. */
    TextEditor delete(int position, int length);

    /**
     * Gives the characters from {@code start} to before {@code end} a value under a key, such as {@code bold} or
     * {@code link}; of concurrent marks with one key the greatest by (Lamport, actor) counts where they overlap. Null
     * takes the mark away. An empty stretch changes nothing.
     *
     * @param key 1 to 1,024 bytes of UTF-8
     * @param value what {@link Value#of} takes
     * @param expand whether text inserted at its edges gets the mark, too
     * @throws IndexOutOfBoundsException if the stretch is outside
     * @throws IllegalArgumentException if an edge is inside a surrogate pair
     */
    TextEditor mark(int start, int end, String key, @Nullable Object value, Expand expand);

    /** Marks, so that text inserted at the end gets the mark, too. */
    default TextEditor mark(int start, int end, String key, @Nullable Object value) {
        return mark(start, end, key, value, Expand.AFTER);
    }

    /**
     * Takes the marks with that key off a stretch.
     *
     * @param expand how those marks expand; the stretch without mark expands at the edges where they do not
     */
    TextEditor unmark(int start, int end, String key, Expand expand);

    /** Takes off marks that expand at their end. */
    default TextEditor unmark(int start, int end, String key) {
        return unmark(start, end, key, Expand.AFTER);
    }

    /** Returns the marks now, edits of this session included. */
    List<Mark> marks();

    /** Inserts text at the end. */
    default TextEditor append(String text) {
        return insert(length(), text);
    }

    /** Returns the length in UTF-16 code units. */
    int length();

    /** Returns the text, edits of this session included. */
    @Override
    String toString();
}
