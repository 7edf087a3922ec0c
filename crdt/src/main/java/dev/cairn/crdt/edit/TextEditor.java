package dev.cairn.crdt.edit;

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
