package dev.cairn.format.columns;

/** What an instruction is made of behind its tag, in the order of its bytes: SPEC section 12.2 as a table. */
enum Field {
    /** How many, in the high half of the tag and what may follow it. */
    COUNT,
    /** A key whose length is such a count. */
    COUNTED_KEY,
    /** A key behind its length. */
    KEY,
    /** An id if the tag has bit 0x80. */
    BASE,
    /** An id. */
    ID,
    /** A sequence number and an actor. */
    CHANGE,
    /** A position. */
    POSITION,
    /** As many code points or elements as the count says. */
    CONTENT,
    /** A value. */
    VALUE,
    /** An element, or an id if the tag has bit 0x10. */
    ASSIGNED,
    /** The ids which the flags of a tree's operation leave open. */
    NODES,
    /** A position key behind its length, one byte. */
    POSITION_KEY,
    /** One byte. */
    OCTET,
    /** A number below 2^31. */
    UNITS,
    /** A number of 64 bits. */
    NUMBER;

    static final int DOCUMENT = 0;
    static final int ENTER = 1;
    static final int LEAVE = 2;
    static final int INSERT = 6;
    static final int DELETE = 7;
    static final int ENTER_MADE = 9;

    static final int LIST = 1;
    static final int TEXT = 2;
    static final int MOVABLE_LIST = 4;

    static final int DEPTH_MAX = 64;
    static final int ID_BYTES = 16;

    private static final Field[][] BY_KIND = {
        {COUNTED_KEY},
        {KEY, BASE},
        {COUNT},
        {COUNTED_KEY, VALUE},
        {COUNTED_KEY},
        {KEY, BASE},
        {COUNT, POSITION, CONTENT},
        {COUNT, POSITION},
        {NUMBER},
        {ID},
        {POSITION, POSITION},
        {POSITION, ASSIGNED},
        {COUNTED_KEY, OCTET, POSITION, UNITS, VALUE},
        {NODES, POSITION_KEY},
        {ID},
        {CHANGE}
    };

    /** The fields of an instruction of that kind; not to be changed. */
    static Field[] of(int kind) {
        return BY_KIND[kind];
    }

    /** Whether the high half of the tag is a count and not part of the kind. */
    static boolean isCounted(int kind) {
        Field first = BY_KIND[kind][0];
        return first == COUNT || first == COUNTED_KEY;
    }

    /** Whether an instruction of that kind only leads to others. */
    static boolean isNavigation(int kind) {
        return kind <= LEAVE || kind == ENTER_MADE;
    }

    /** Whether a value's tag is one that this table knows. */
    static boolean isValueTag(long tag) {
        return (tag >= 0 && tag < 8) || (tag >= 0x10 && tag < 0x17);
    }

    /** The bytes of a code point which begins with that byte; 0 if none does. */
    static int codePointBytes(byte first) {
        if (first >= 0) {
            return 1;
        }
        int b = first & 0xff;
        return b < 0xc0 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf8 ? 4 : 0;
    }
}
