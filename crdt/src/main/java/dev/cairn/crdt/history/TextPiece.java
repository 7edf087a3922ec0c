package dev.cairn.crdt.history;

/**
 * A stretch of a text in a {@link Difference}.
 *
 * @param kind what became of it
 * @param length its length in UTF-16 code units
 * @param text the characters; empty for what is kept
 */
public record TextPiece(Kind kind, int length, String text) {
    /** What becomes of a stretch of a text or list from one version to another. */
    public enum Kind {
        /** It is in both. */
        KEPT,
        /** It is only in the second. */
        INSERTED,
        /** It is only in the first. */
        DELETED
    }
}
