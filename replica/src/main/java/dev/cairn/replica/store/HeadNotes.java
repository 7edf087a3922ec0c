package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The notes on the newest heads of all writers, and when each member device was seen first. */
public final class HeadNotes {
    private static final int DIGEST_BYTES = 32;

    static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS head_note(
              writer BLOB PRIMARY KEY, device BLOB NOT NULL, acknowledged BLOB NOT NULL, retired INTEGER NOT NULL,
              moved INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS first_seen(device BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
            """;

    private final Database database;

    HeadNotes(Database database) {
        this.database = database;
    }

    /** Keeps a note in place of the one before. */
    public void put(HeadNote note) {
        database.update(
                "INSERT OR REPLACE INTO head_note VALUES (?,?,?,?,?)",
                note.writer().bytes(),
                note.device().bytes(),
                Bytes.concat(note.acknowledged().toArray(Bytes[]::new)),
                note.retiredThrough(),
                note.movedAt());
    }

    /** All, by writer. */
    public List<HeadNote> all() {
        return database.all(
                "SELECT writer, device, acknowledged, retired, moved FROM head_note ORDER BY writer", HeadNotes::note);
    }

    /** When a device was first seen among the members, by this device's running time. */
    public long firstSeen(DeviceId device, long now) {
        Optional<Long> known =
                database.one("SELECT at FROM first_seen WHERE device=?", row -> row.getLong(1), device.bytes());
        if (known.isEmpty()) {
            database.update("INSERT INTO first_seen VALUES (?,?)", device.bytes(), now);
        }
        return known.orElse(now);
    }

    private static HeadNote note(ResultSet row) throws SQLException {
        Bytes digests = Bytes.owning(row.getBytes(3));
        List<Bytes> acknowledged = new ArrayList<>();
        for (int at = 0; at < digests.size(); at += DIGEST_BYTES) {
            acknowledged.add(digests.slice(at, at + DIGEST_BYTES));
        }
        return new HeadNote(
                WriterId.of(Bytes.owning(row.getBytes(1))),
                DeviceId.of(Bytes.owning(row.getBytes(2))),
                acknowledged,
                row.getLong(4),
                row.getLong(5));
    }
}
