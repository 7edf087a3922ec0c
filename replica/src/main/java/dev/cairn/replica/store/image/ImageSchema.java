package dev.cairn.replica.store.image;

import java.util.List;

/** The tables of an image, word for word as in SPEC section "The image". */
final class ImageSchema {
    static final int APPLICATION_ID = 0x4341524E;
    static final int USER_VERSION = 1;
    static final int PAGE_BYTES = 4096;
    /** The most changes and bytes of changes in one row. */
    static final int ROW_BYTES = 1 << 20;

    static final List<String> TABLES = List.of(
            "CREATE TABLE run(no INTEGER PRIMARY KEY, line INTEGER NOT NULL, first INTEGER NOT NULL,"
                    + " body BLOB NOT NULL)",
            "CREATE TABLE line(no INTEGER PRIMARY KEY, writer BLOB NOT NULL, device BLOB NOT NULL,"
                    + " parent INTEGER NOT NULL, fork INTEGER NOT NULL, last INTEGER NOT NULL, chain BLOB NOT NULL,"
                    + " signed BLOB NOT NULL)",
            "CREATE TABLE entry(no INTEGER PRIMARY KEY, entry BLOB NOT NULL)",
            "CREATE TABLE retired(no INTEGER PRIMARY KEY, writer BLOB NOT NULL, through INTEGER NOT NULL)",
            "CREATE TABLE document(no INTEGER PRIMARY KEY, name TEXT NOT NULL, state BLOB NOT NULL)",
            "CREATE TABLE meta(no INTEGER PRIMARY KEY, name TEXT NOT NULL, value BLOB NOT NULL)");

    private ImageSchema() {}
}
