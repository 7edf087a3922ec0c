package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.WriterId;
import dev.cairn.format.log.SignedEnd;
import java.util.Optional;

/**
 * The signatures of writers over the ends of their chains, apart from the files they came in: a checkpoint carries them
 * on when these files have gone.
 */
public final class SignedEnds {
    static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS signed_end(
              writer BLOB NOT NULL, seq INTEGER NOT NULL, chain BLOB NOT NULL, signed BLOB NOT NULL,
              PRIMARY KEY(writer, seq, chain)) WITHOUT ROWID;
            """;

    private final Database database;

    SignedEnds(Database database) {
        this.database = database;
    }

    /** Keeps the signature over a point of a writer's chain. */
    public void keep(WriterId writer, ChainPoint point, SignedEnd end) {
        database.update(
                "INSERT OR IGNORE INTO signed_end VALUES (?,?,?,?)",
                writer.bytes(),
                point.seq(),
                point.hash(),
                end.encoded());
    }

    /** The signature over a point of a writer's chain. */
    public Optional<SignedEnd> find(WriterId writer, ChainPoint point) {
        return database.one(
                "SELECT signed FROM signed_end WHERE writer=? AND seq=? AND chain=?",
                row -> new SignedEnd(Bytes.owning(row.getBytes(1))),
                writer.bytes(),
                point.seq(),
                point.hash());
    }

    /** Forgets what is signed before a point of a writer without branches, if that point is signed itself. */
    public void forgetBefore(WriterId writer, ChainPoint end) {
        if (find(writer, end).isPresent()) {
            database.update("DELETE FROM signed_end WHERE writer=? AND seq<?", writer.bytes(), end.seq());
        }
    }
}
