package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The durable state of one device in one space, shared by the device's processes.
 *
 * <p>Invariant: a change is in here, forced to the disk, before any file which contains it is visible in the folder.
 * Reads see the last commit of any process. One thread at a time; the caller locks.
 *
 * <p>Everything that writes runs inside {@link #write}: an immediate transaction which keeps the other processes out
 * from its first read on, so that what it read is still true when it commits.
 */
public final class LocalStore implements AutoCloseable {
    /** The version of the tables; a store of a greater one is not touched. */
    private static final int SCHEMA_VERSION = 1;

    /** Lines of a check; more of them tell nothing more. */
    private static final int PROBLEMS_MAX = 3;

    /** Tables which a store of this version may have been made without; they are added when they are missing. */
    private static final List<String> LATE_TABLES = List.of(
            SignedEnds.SCHEMA, KnownCheckpoints.SCHEMA, HeadNotes.SCHEMA, KnownLists.SCHEMA, FileContents.SCHEMA);

    private final Database database;
    private final Runs runs;
    private final KnownFiles files;
    private final OwnFiles own;
    private final KnownHeads heads;
    private final HeadNotes headNotes;
    private final SignedEnds signedEnds;
    private final KnownCheckpoints checkpoints;
    private final KnownLists lists;
    private final FileContents contents;
    private final Path file;
    private boolean inTransaction;

    private LocalStore(Path file, Database database) {
        this.file = file;
        this.database = database;
        this.headNotes = new HeadNotes(database);
        this.signedEnds = new SignedEnds(database);
        this.checkpoints = new KnownCheckpoints(database);
        this.lists = new KnownLists(database);
        this.contents = new FileContents(database);
        this.runs = new Runs(database);
        this.files = new KnownFiles(database);
        this.own = new OwnFiles(database);
        this.heads = new KnownHeads(database);
    }

    /**
     * Opens or makes the store.
     *
     * @param file on the default file system; SQLite keeps two more files beside it
     * @throws NewerStoreException if a newer version has written it
     */
    public static LocalStore open(Path file) {
        LocalStore store = new LocalStore(file, Database.open(file));
        try {
            store.prepare(file);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * What is wrong with the file of a store, by SQLite's own check; at most a few lines, none if it is sound. Makes no
     * store where there is none.
     */
    public static List<String> check(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of("there is no local store " + file);
        }
        try (Database database = Database.open(file)) {
            List<String> found = database.all("PRAGMA quick_check(" + PROBLEMS_MAX + ")", row -> row.getString(1));
            if (!found.equals(List.of("ok"))) {
                return found.stream()
                        .map(problem -> "local store " + file + ": " + problem)
                        .toList();
            }
            boolean made =
                    database.one("PRAGMA user_version", row -> row.getInt(1)).orElse(0) > 0;
            return made ? List.of() : List.of("local store " + file + ": it is empty");
        } catch (UncheckedIOException e) {
            // without room not even a sound file can be opened
            return StoreTrouble.isNoRoom(e) ? List.of() : List.of(String.valueOf(e.getMessage()));
        }
    }

    private void prepare(Path file) {
        if (version() == 0) {
            write(() -> {
                if (version() == 0) {
                    createTables();
                }
                return true;
            });
        }
        if (version() > SCHEMA_VERSION) {
            throw new NewerStoreException(file, version(), SCHEMA_VERSION);
        }
        if (!hasLateTables()) {
            write(() -> {
                create(LATE_TABLES);
                // read once more, since nobody has written down what they hold
                database.execute("DELETE FROM file");
                return true;
            });
        }
    }

    private boolean hasLateTables() {
        return database.one("SELECT count(*) FROM sqlite_master WHERE name='file_changes'", row -> row.getInt(1))
                .filter(count -> count > 0)
                .isPresent();
    }

    private void createTables() {
        create(List.of(
                "CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;",
                "CREATE TABLE entry(id BLOB PRIMARY KEY, bytes BLOB NOT NULL);",
                "CREATE TABLE document(name TEXT PRIMARY KEY, snapshot BLOB NOT NULL);",
                Runs.SCHEMA,
                KnownFiles.SCHEMA,
                OwnFiles.SCHEMA,
                KnownHeads.SCHEMA));
        create(LATE_TABLES);
        database.execute("PRAGMA user_version=" + SCHEMA_VERSION);
    }

    private void create(List<String> schemas) {
        for (String schema : schemas) {
            for (String statement : schema.split(";", -1)) {
                if (!statement.isBlank()) {
                    database.execute(statement);
                }
            }
        }
    }

    private int version() {
        return database.one("PRAGMA user_version", row -> row.getInt(1)).orElse(0);
    }

    Database database() {
        return database;
    }

    /** The changes. */
    public Runs runs() {
        return runs;
    }

    /** The files in the folder. */
    public KnownFiles files() {
        return files;
    }

    /** The files of this device. */
    public OwnFiles own() {
        return own;
    }

    /** The heads of all writers. */
    public KnownHeads heads() {
        return heads;
    }

    /** What the newest heads say about files that may go. */
    public HeadNotes headNotes() {
        return headNotes;
    }

    /** The signatures over the ends of chains. */
    public SignedEnds signedEnds() {
        return signedEnds;
    }

    /** The checkpoints. */
    public KnownCheckpoints checkpoints() {
        return checkpoints;
    }

    /** The retirement lists. */
    public KnownLists lists() {
        return lists;
    }

    /** What the files in the folder brought. */
    public FileContents contents() {
        return contents;
    }

    /** The file of the store. */
    public Path file() {
        return file;
    }

    /**
     * Runs an action as one transaction, alone among all processes, and makes its writes durable before it returns.
     * When the action throws, or the disk refuses, nothing of it is kept.
     */
    public <T> T write(Supplier<T> action) {
        if (inTransaction) {
            throw new IllegalStateException("a transaction is open already");
        }
        database.execute("BEGIN IMMEDIATE");
        inTransaction = true;
        boolean done = false;
        try {
            T result = action.get();
            database.execute("COMMIT");
            done = true;
            return result;
        } finally {
            inTransaction = false;
            if (!done) {
                database.rollBack();
            }
        }
    }

    /** Runs an action that sees one state of the store throughout, whatever other processes commit meanwhile. */
    public <T> T read(Supplier<T> action) {
        if (inTransaction) {
            return action.get();
        }
        database.execute("BEGIN");
        inTransaction = true;
        try {
            return action.get();
        } finally {
            inTransaction = false;
            database.rollBack();
        }
    }

    /** A number that differs after another process has committed. */
    public long stamp() {
        return database.one("PRAGMA data_version", row -> row.getLong(1)).orElse(0L);
    }

    /** A named value. */
    public Optional<Bytes> meta(String key) {
        return database.one("SELECT value FROM meta WHERE key=?", row -> Bytes.owning(row.getBytes(1)), key);
    }

    /** Sets a named value. */
    public void setMeta(String key, Bytes value) {
        database.update("INSERT OR REPLACE INTO meta(key, value) VALUES (?,?)", key, value);
    }

    /** A named number, or the given one. */
    public long number(String key, long otherwise) {
        return meta(key).map(bytes -> bytes.getLong(0)).orElse(otherwise);
    }

    /** Sets a named number. */
    public void setNumber(String key, long value) {
        byte[] bytes = new byte[Long.BYTES];
        java.nio.ByteBuffer.wrap(bytes).putLong(value);
        setMeta(key, Bytes.owning(bytes));
    }

    /** Keeps a member entry; returns whether it was new. */
    public boolean addEntry(Bytes id, Bytes entry) {
        return database.update("INSERT OR IGNORE INTO entry(id, bytes) VALUES (?,?)", id, entry) > 0;
    }

    /** All member entries, in no particular order. */
    public List<Bytes> entries() {
        return database.all("SELECT bytes FROM entry", row -> Bytes.owning(row.getBytes(1)));
    }

    /** All member entries but those of these digests, in no particular order. */
    public List<Bytes> entriesExcept(Set<Bytes> digests) {
        return database.all("SELECT id FROM entry", row -> Bytes.owning(row.getBytes(1))).stream()
                .filter(id -> !digests.contains(id))
                .flatMap(id ->
                        database
                                .one("SELECT bytes FROM entry WHERE id=?", row -> Bytes.owning(row.getBytes(1)), id)
                                .stream())
                .toList();
    }

    /** Whether there is a member entry of that digest. */
    public boolean hasEntry(Bytes id) {
        return database.one("SELECT 1 FROM entry WHERE id=?", row -> row.getInt(1), id)
                .isPresent();
    }

    /** How many member entries there are. */
    public int entryCount() {
        return database.one("SELECT count(*) FROM entry", row -> row.getInt(1)).orElse(0);
    }

    /** The snapshot of a document at the checkpoint. */
    public Optional<Bytes> snapshot(String document) {
        return database.one(
                "SELECT snapshot FROM document WHERE name=?", row -> Bytes.owning(row.getBytes(1)), document);
    }

    /** Sets the snapshot of a document; the caller moves the checkpoint in the same transaction. */
    public void setSnapshot(String document, Bytes snapshot) {
        database.update("INSERT OR REPLACE INTO document(name, snapshot) VALUES (?,?)", document, snapshot);
    }

    /** Forgets all snapshots. */
    public void removeSnapshots() {
        database.update("DELETE FROM document");
    }

    /** Forgets a named value. */
    public void removeMeta(String key) {
        database.update("DELETE FROM meta WHERE key=?", key);
    }

    /** The names of all documents which have a snapshot. */
    public List<String> snapshots() {
        return database.all("SELECT name FROM document ORDER BY name", row -> row.getString(1));
    }

    @Override
    public void close() {
        database.close();
    }

    /** A store which only a newer version understands. */
    public static final class NewerStoreException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NewerStoreException(Path file, int found, int known) {
            super("local store " + file + " has version " + found + ", and this program knows " + known
                    + ": update the program");
        }
    }
}
