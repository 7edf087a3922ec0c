package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The high-water marks: per writer the head with the greatest counter this device ever saw. */
public final class KnownHeads {
    static final String SCHEMA = """
            CREATE TABLE head(
              writer BLOB PRIMARY KEY, device BLOB NOT NULL, counter INTEGER NOT NULL, last_seq INTEGER NOT NULL,
              last_chain BLOB NOT NULL,
              time INTEGER NOT NULL, device_name TEXT NOT NULL, seen BLOB NOT NULL);
            """;

    private final Database database;

    KnownHeads(Database database) {
        this.database = database;
    }

    /** All, by writer. */
    public List<KnownHead> all() {
        return database.all(
                "SELECT writer, device, counter, last_seq, last_chain, time, device_name, seen"
                        + " FROM head ORDER BY writer",
                KnownHeads::head);
    }

    /** Keeps a head if its counter is greater than what is kept; returns whether it was. */
    public boolean raise(KnownHead head) {
        return database.update(
                        "INSERT INTO head VALUES (?,?,?,?,?,?,?,?) ON CONFLICT(writer) DO UPDATE SET"
                                + " counter=excluded.counter, last_seq=excluded.last_seq,"
                                + " last_chain=excluded.last_chain,"
                                + " time=excluded.time, device_name=excluded.device_name, seen=excluded.seen"
                                + " WHERE excluded.counter>head.counter",
                        head.writer().bytes(),
                        head.device().bytes(),
                        head.counter(),
                        head.lastSeq(),
                        head.lastChain(),
                        head.timeMillis(),
                        head.deviceName(),
                        head.seen())
                > 0;
    }

    private static KnownHead head(ResultSet row) throws SQLException {
        return new KnownHead(
                WriterId.of(Bytes.owning(row.getBytes(1))),
                DeviceId.of(Bytes.owning(row.getBytes(2))),
                row.getLong(3),
                row.getLong(4),
                Bytes.owning(row.getBytes(5)),
                row.getLong(6),
                row.getString(7),
                Bytes.owning(row.getBytes(8)));
    }
}
