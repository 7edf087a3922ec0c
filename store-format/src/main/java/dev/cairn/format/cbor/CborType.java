package dev.cairn.format.cbor;

/** The type of the next CBOR item. */
public enum CborType {
    /** An integer from 0. */
    UNSIGNED,
    /** An integer below 0. */
    NEGATIVE,
    /** A byte string. */
    BYTES,
    /** A UTF-8 text. */
    TEXT,
    /** A counted sequence of items. */
    ARRAY,
    /** A counted sequence of pairs with ascending integer keys. */
    MAP,
    /** True or false. */
    BOOLEAN,
    /** Null. */
    NULL
}
