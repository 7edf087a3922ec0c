package dev.cairn.replica.store;

/** A disk without room for another page of a local store, as far as SQLite can tell. */
public final class FullDisk {
    private static final long PAGES_MAX = 1_073_741_823;

    private FullDisk() {}

    /** From now on the store cannot grow. */
    public static void fill(LocalStore store) {
        limit(store, 1);
    }

    /** There is room again. */
    public static void makeRoom(LocalStore store) {
        limit(store, PAGES_MAX);
    }

    private static void limit(LocalStore store, long pages) {
        store.database().one("PRAGMA max_page_count=" + pages, row -> row.getLong(1));
    }
}
