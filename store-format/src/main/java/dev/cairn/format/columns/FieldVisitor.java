package dev.cairn.format.columns;

/** Sees the fields of operations; what a visitor does not care for is passed over. Ranges are of the walked array. */
interface FieldVisitor {
    /** An instruction begins. */
    default void tag(int kind, int tag) {}

    /** How many units, of an insertion or deletion. */
    default void count(int kind, int count) {}

    default void key(int from, int to) {}

    default void position(int kind, int count, int position) {}

    default void ownId(int index) {}

    /** An id, whose actor's 16 bytes stand there. */
    default void id(int actorAt, long seq, int index) {}

    /** The name of a change, whose actor's 16 bytes stand there. */
    default void change(int actorAt, long seq) {}

    default void number(long number) {}

    default void value(int tag) {}

    default void integer(long raw) {}

    /** Bytes whose length is not told by something else. */
    default void bytes(int from, int to) {}

    /** Bytes whose length is. */
    default void fixed(int from, int to) {}

    /** A string whose length is not told by something else. */
    default void string(int from, int to) {}

    /** Inserted text. */
    default void text(int from, int to) {}
}
