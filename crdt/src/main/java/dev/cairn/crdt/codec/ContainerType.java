package dev.cairn.crdt.codec;

/** What a container is. */
public enum ContainerType {
    MAP(0),
    LIST(1),
    TEXT(2),
    COUNTER(3);

    private static final ContainerType[] BY_NUMBER = {MAP, LIST, TEXT, COUNTER};

    private final int number;

    ContainerType(int number) {
        this.number = number;
    }

    /** Returns the type's number in the encoding. */
    public int number() {
        return number;
    }

    /** Returns the type with that number, 0 to 3. */
    public static ContainerType of(int number) {
        return BY_NUMBER[number];
    }
}
