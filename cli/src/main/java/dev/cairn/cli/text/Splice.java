package dev.cairn.cli.text;

/**
 * One edit of a text: at {@code position} of the text <em>before</em> all edits, {@code removed} characters go and
 * {@code inserted} comes. Positions and lengths count UTF-16 units, as {@link String} does, and never split a
 * surrogate pair.
 *
 * @param position 0 to the length of the text before
 * @param removed how many units go, 0 or more
 * @param inserted what comes instead, may be empty
 */
public record Splice(int position, int removed, String inserted) {

    /** Refuses negative numbers. */
    public Splice {
        if (position < 0 || removed < 0) {
            throw new IllegalArgumentException("position " + position + ", removed " + removed);
        }
    }

    /** Where the removed characters end, in the text before. */
    public int end() {
        return position + removed;
    }
}
