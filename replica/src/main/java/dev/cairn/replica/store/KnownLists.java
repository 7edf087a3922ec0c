package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.format.checkpoint.RetirementBody;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The retirement lists this device knows. */
public final class KnownLists {
    static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS retirement(
              digest BLOB PRIMARY KEY, ordinal INTEGER NOT NULL, body BLOB NOT NULL, state TEXT NOT NULL,
              since INTEGER NOT NULL) WITHOUT ROWID;
            """;

    private static final String SELECT = "SELECT digest, ordinal, body, state, since FROM retirement";

    private final Database database;

    KnownLists(Database database) {
        this.database = database;
    }

    /** Keeps a list; one that is known stays as it is. */
    public void add(KnownList list) {
        database.update(
                "INSERT OR IGNORE INTO retirement VALUES (?,?,?,?,?)",
                list.digest(),
                list.ordinal(),
                list.body().encoded(),
                list.state().name(),
                list.since());
    }

    /** Moves a list on. */
    public void set(Bytes digest, KnownList.State state, long since) {
        database.update("UPDATE retirement SET state=?, since=? WHERE digest=?", state.name(), since, digest);
    }

    /** All, by number. */
    public List<KnownList> all() {
        return database.all(SELECT + " ORDER BY ordinal, digest", KnownLists::list);
    }

    /** The list with that digest. */
    public Optional<KnownList> find(Bytes digest) {
        return database.one(SELECT + " WHERE digest=?", KnownLists::list, digest);
    }

    /** Forgets a list. */
    public void remove(Bytes digest) {
        database.update("DELETE FROM retirement WHERE digest=?", digest);
    }

    private static KnownList list(ResultSet row) throws SQLException {
        try {
            return new KnownList(
                    Bytes.owning(row.getBytes(1)),
                    row.getLong(2),
                    RetirementBody.parse(Bytes.owning(row.getBytes(3))),
                    KnownList.State.valueOf(row.getString(4)),
                    row.getLong(5));
        } catch (MalformedException e) {
            throw new IllegalStateException("the local store is damaged: a retirement list does not parse", e);
        }
    }
}
