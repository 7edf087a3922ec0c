package dev.cairn.crdt.oracle;

/** The type of a container. */
enum Kind {
    MAP,
    LIST,
    TEXT,
    COUNTER,
    MOVABLE_LIST,
    TREE,
    REGISTER
}
