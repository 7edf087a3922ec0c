package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CheckpointBody;
import dev.cairn.replica.store.KnownCheckpoint.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The checkpoints whose manifests this device has read, its own among them. */
public final class KnownCheckpoints {
    static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS checkpoint(
              digest BLOB PRIMARY KEY, writer BLOB NOT NULL, ordinal INTEGER NOT NULL, body BLOB NOT NULL,
              verdict TEXT NOT NULL, problem TEXT NOT NULL) WITHOUT ROWID;
            """;

    private static final String SELECT = "SELECT digest, writer, ordinal, body, verdict, problem FROM checkpoint";

    private final Database database;

    KnownCheckpoints(Database database) {
        this.database = database;
    }

    /** Keeps a manifest whose image was not read yet; one that is known stays as it is. */
    public void add(Bytes digest, WriterId writer, long ordinal, CheckpointBody body) {
        database.update(
                "INSERT OR IGNORE INTO checkpoint VALUES (?,?,?,?,?,?)",
                digest,
                writer.bytes(),
                ordinal,
                body.encoded(),
                Verdict.UNREAD.name(),
                "");
    }

    /** Remembers what an image is. */
    public void judge(Bytes digest, Verdict verdict, String problem) {
        database.update("UPDATE checkpoint SET verdict=?, problem=? WHERE digest=?", verdict.name(), problem, digest);
    }

    /** All, in no particular order. */
    public List<KnownCheckpoint> all() {
        return database.all(SELECT, KnownCheckpoints::checkpoint);
    }

    /** The checkpoint whose manifest has this digest. */
    public Optional<KnownCheckpoint> find(Bytes digest) {
        return database.one(SELECT + " WHERE digest=?", KnownCheckpoints::checkpoint, digest);
    }

    /** Forgets a checkpoint. */
    public void remove(Bytes digest) {
        database.update("DELETE FROM checkpoint WHERE digest=?", digest);
    }

    private static KnownCheckpoint checkpoint(ResultSet row) throws SQLException {
        try {
            return new KnownCheckpoint(
                    Bytes.owning(row.getBytes(1)),
                    WriterId.of(Bytes.owning(row.getBytes(2))),
                    row.getLong(3),
                    CheckpointBody.parse(Bytes.owning(row.getBytes(4))),
                    Verdict.valueOf(row.getString(5)),
                    row.getString(6));
        } catch (MalformedException e) {
            throw new IllegalStateException("the local store is damaged: a manifest does not parse", e);
        }
    }
}
