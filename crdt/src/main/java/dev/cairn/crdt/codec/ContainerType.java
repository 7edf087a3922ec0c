package dev.cairn.crdt.codec;

/** What a container is. */
public enum ContainerType {
    /** Keys, each a register. */
    MAP(0),
    /** Elements in an order. */
    LIST(1),
    /** Characters and marks. */
    TEXT(2),
    /** A sum. */
    COUNTER(3),
    /** Elements, each a register, which keep their identity when they move. */
    MOVABLE_LIST(4),
    /** Nodes with a map each, below one another. */
    TREE(5),
    /** One value: a map whose only key is empty. */
    REGISTER(6);

    private static final ContainerType[] BY_NUMBER = {MAP, LIST, TEXT, COUNTER, MOVABLE_LIST, TREE, REGISTER};

    private final int number;

    ContainerType(int number) {
        this.number = number;
    }

    /** Returns the type's number in the encoding. */
    public int number() {
        return number;
    }

    /** Returns the type with that number, 0 to 6. */
    public static ContainerType of(int number) {
        return BY_NUMBER[number];
    }

    /** Tells whether a type has that number, which is at least 0. */
    public static boolean exists(int number) {
        return number < BY_NUMBER.length;
    }
}
