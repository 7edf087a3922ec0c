package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of each file in the folder, so that none is read twice without need. */
public final class KnownFiles {
    static final String SCHEMA = """
            CREATE TABLE file(
              id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
              modified INTEGER NOT NULL,
              key INTEGER NOT NULL, state TEXT NOT NULL, ordinal INTEGER NOT NULL, digest BLOB,
              reason TEXT NOT NULL, text TEXT NOT NULL,
              attempts INTEGER NOT NULL, retry_at INTEGER NOT NULL);
            CREATE INDEX file_state ON file(state);
            """;

    private static final String COLUMNS =
            "path, size, modified, key, state, ordinal, digest, reason, text, attempts, retry_at";

    private final Database database;

    KnownFiles(Database database) {
        this.database = database;
    }

    /** Remembers a file in place of what was known of its path. */
    public void put(KnownFile file) {
        database.update(
                "INSERT OR REPLACE INTO file(" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                file.path(),
                file.size(),
                file.modifiedNanos(),
                file.fileKey(),
                file.state().name(),
                file.ordinal(),
                file.digest().orElse(null),
                file.reason(),
                file.text(),
                file.attempts(),
                file.retryAtMillis());
    }

    /** The greatest row number, or 0. */
    public long newest() {
        return database.one("SELECT max(id) FROM file", row -> row.getLong(1)).orElse(0L);
    }

    /** What was put after that row number, by whatever process. */
    public List<KnownFile> after(long id) {
        return database.all("SELECT " + COLUMNS + " FROM file WHERE id>? ORDER BY id", KnownFiles::file, id);
    }

    /** Forgets a file, so that it is read again. */
    public void remove(String path) {
        database.update("DELETE FROM file WHERE path=?", path);
    }

    private static KnownFile file(ResultSet row) throws SQLException {
        return new KnownFile(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getInt(4),
                KnownFile.State.valueOf(row.getString(5)),
                row.getLong(6),
                optional(row.getBytes(7)),
                row.getString(8),
                row.getString(9),
                row.getInt(10),
                row.getLong(11));
    }

    private static Optional<Bytes> optional(byte @Nullable [] bytes) {
        return bytes == null ? Optional.empty() : Optional.of(Bytes.owning(bytes));
    }
}
