package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The files this device has made, with their bytes: the outbox, and the means to write them again. */
public final class OwnFiles {
    static final String SCHEMA = """
            CREATE TABLE own(
              id INTEGER PRIMARY KEY AUTOINCREMENT, writer BLOB NOT NULL, name TEXT NOT NULL, ordinal INTEGER NOT NULL,
              first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, size INTEGER NOT NULL, digest BLOB NOT NULL,
              state TEXT NOT NULL, UNIQUE(writer, name));
            CREATE TABLE own_bytes(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
            """;

    private static final String COLUMNS = "id, writer, name, ordinal, first_seq, last_seq, size, digest, state";

    private final Database database;

    OwnFiles(Database database) {
        this.database = database;
    }

    /** Adds a file to be published, in place of an earlier one of its name. */
    public OwnFile add(WriterId writer, FileName name, long ordinal, long firstSeq, long lastSeq, Bytes bytes) {
        find(writer, name).ifPresent(old -> remove(old.id()));
        Bytes digest = bytes.sha256();
        OwnFile.State state = OwnFile.State.TO_PUBLISH;
        long id = database.insert(
                "INSERT INTO own(writer, name, ordinal, first_seq, last_seq, size, digest, state)"
                        + " VALUES (?,?,?,?,?,?,?,?)",
                writer.bytes(),
                name.text(),
                ordinal,
                firstSeq,
                lastSeq,
                bytes.size(),
                digest,
                state.name());
        database.update("INSERT INTO own_bytes(id, bytes) VALUES (?,?)", id, bytes);
        return new OwnFile(id, writer, name, ordinal, firstSeq, lastSeq, bytes.size(), digest, state);
    }

    /** The file of that name. */
    public Optional<OwnFile> find(WriterId writer, FileName name) {
        return database.one(
                "SELECT " + COLUMNS + " FROM own WHERE writer=? AND name=?",
                OwnFiles::file,
                writer.bytes(),
                name.text());
    }

    /** All files, oldest first. */
    public List<OwnFile> all() {
        return database.all("SELECT " + COLUMNS + " FROM own ORDER BY id", OwnFiles::file);
    }

    /** The files in that state, oldest first. */
    public List<OwnFile> in(OwnFile.State state) {
        return database.all("SELECT " + COLUMNS + " FROM own WHERE state=? ORDER BY id", OwnFiles::file, state.name());
    }

    /**
     * Takes up a file of this device that is in the folder and has no row here, because it came back after it was
     * deleted: to be deleted again.
     */
    public void addReturned(WriterId writer, FileName name, long ordinal, int size, Bytes digest) {
        database.update(
                "INSERT OR IGNORE INTO own(writer, name, ordinal, first_seq, last_seq, size, digest, state)"
                        + " VALUES (?,?,?,0,0,?,?,?)",
                writer.bytes(),
                name.text(),
                ordinal,
                size,
                digest,
                OwnFile.State.TO_RETIRE.name());
    }

    /** The bytes of a file, unless it was replaced meanwhile. */
    public Optional<Bytes> bytes(long id) {
        return database.one("SELECT bytes FROM own_bytes WHERE id=?", row -> Bytes.owning(row.getBytes(1)), id);
    }

    /** Moves a file on; one that was replaced meanwhile is gone, and 0 is returned. */
    public int set(long id, OwnFile.State state) {
        return database.update("UPDATE own SET state=? WHERE id=?", state.name(), id);
    }

    /** Forgets a file. */
    public int remove(long id) {
        database.update("DELETE FROM own_bytes WHERE id=?", id);
        return database.update("DELETE FROM own WHERE id=?", id);
    }

    /** How many files are in that state. */
    public int count(OwnFile.State state) {
        return database.one("SELECT count(*) FROM own WHERE state=?", row -> row.getInt(1), state.name())
                .orElse(0);
    }

    /** The greatest sequence number in a published file of a writer, or 0. */
    public long publishedThrough(WriterId writer) {
        return database.one(
                        "SELECT coalesce(max(last_seq),0) FROM own WHERE writer=? AND state<>?",
                        row -> row.getLong(1),
                        writer.bytes(),
                        OwnFile.State.TO_PUBLISH.name())
                .orElse(0L);
    }

    /** The greatest ordinal among a writer's files whose names start so, or 0. */
    public long greatestOrdinal(WriterId writer, String prefix) {
        return database.one(
                        "SELECT coalesce(max(ordinal),0) FROM own WHERE writer=? AND name LIKE ? || '%'",
                        row -> row.getLong(1), writer.bytes(), prefix)
                .orElse(0L);
    }

    private static OwnFile file(ResultSet row) throws SQLException {
        return new OwnFile(
                row.getLong(1),
                WriterId.of(Bytes.owning(row.getBytes(2))),
                FileName.parse(row.getString(3))
                        .orElseThrow(() -> new IllegalStateException("an own file with a name that is not ours")),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7),
                Bytes.owning(row.getBytes(8)),
                OwnFile.State.valueOf(row.getString(9)));
    }
}
