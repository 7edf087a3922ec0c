package dev.cairn.merge.importing;

/** Something that is to become a document. */
public sealed interface Incoming {
    /** The name of the document, or of what became none. */
    String name();

    /** A file of text: a document with one text in it. */
    record Text(String name, String text) implements Incoming {}

    /**
     * A document as JSON.
     *
     * @param name the document's name
     * @param json its content
     * @param kinds what JSON does not tell of it, as JSON; an empty object where nothing is known
     */
    record Json(String name, String json, String kinds) implements Incoming {}

    /** What is left out, and why: the rest of a sentence which begins with the name. */
    record LeftOut(String name, String reason) implements Incoming {}
}
