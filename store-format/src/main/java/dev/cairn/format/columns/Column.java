package dev.cairn.format.columns;

/** The columns of a run, in the order in which they are stored; numbers are run-length coded, bytes are not. */
enum Column {
    /** Of each change: its lamport step, less 1. */
    STEP(0, false),
    /** Of each change: its time difference, as in the change. */
    TIME(1, false),
    /** Of each change: how many parents it has. */
    PARENTS(2, false),
    /** Of each parent: its writer, by the dictionary of writers. */
    PARENT_WRITER(3, false),
    /** Of each parent: its sequence number less the last one named of this writer, zigzag. */
    PARENT_SEQ(4, false),
    /** Of each parent: its hash8. */
    PARENT_HASH(5, true),
    /** Of each change: the length of its message in bytes. */
    MESSAGE(6, false),
    /** Of each change: 0 without operations, 1 for operations kept as they are, else 1 more than its visits. */
    VISITS(7, false),
    /** Of each visit: the navigations which lead to it, by the dictionary of places. */
    PLACE(8, false),
    /** Of each visit: how many operations follow, less 1. */
    OPERATIONS(9, false),
    /** Of each operation: its tag without a count; a deletion up to the expected position has 0x17. */
    TAG(10, false),
    /** Of each insertion: how many units. */
    INSERTED(11, false),
    /** Of each deletion: how many units. */
    DELETED(12, false),
    /** Of each position: how far it is from the expected one, zigzag. */
    POSITION(13, false),
    /** Of each key: which, by the dictionary of keys. */
    KEY(14, false),
    /** Of each id: 0 for this change, else 1 more than its actor by the dictionary of writers. */
    ACTOR(15, false),
    /** Of each id of another change: its sequence number less the last one named of this actor, zigzag. */
    SEQ(16, false),
    /** Of each id: its index. */
    INDEX(17, false),
    /** Increments, flags and units of marks, as in the operation. */
    NUMBER(18, false),
    /** Of each value and element: its tag. */
    VALUE(19, false),
    /** Of each integer, and of each instant its two numbers, as in the operation. */
    INTEGER(20, false),
    /** Of each string, byte string, position key and change kept as it is: its length in bytes. */
    LENGTH(21, false),
    /** The dictionary of writers: 16 bytes each. */
    WRITERS(22, true),
    /** The dictionary of places: the length of each, and its bytes. */
    PLACES(23, true),
    /** The dictionary of keys: the length of each, and its bytes. */
    KEYS(24, true),
    /** Doubles, byte strings, position keys, and operations kept as they are. */
    BYTES(25, true),
    /** Messages, strings, and inserted text. */
    TEXT(26, true);

    private static final Column[] ALL = values();

    private final int number;
    private final boolean bytes;

    Column(int number, boolean bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /** The number of the column, in the order in which they are stored. */
    int number() {
        return number;
    }

    static Column[] all() {
        return ALL.clone();
    }

    /** Whether the column holds bytes and not numbers. */
    boolean isBytes() {
        return bytes;
    }
}
