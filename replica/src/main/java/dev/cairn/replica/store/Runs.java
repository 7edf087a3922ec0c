package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The changes of all writers, as runs along their lines; and the runs which wait for their predecessors. */
public final class Runs {
    static final String SCHEMA = """
            CREATE TABLE line(
              no INTEGER PRIMARY KEY, writer BLOB NOT NULL, device BLOB NOT NULL, actor BLOB NOT NULL,
              parent INTEGER NOT NULL, fork INTEGER NOT NULL);
            CREATE TABLE run(
              id INTEGER PRIMARY KEY AUTOINCREMENT, line INTEGER NOT NULL,
              base_seq INTEGER NOT NULL, base_chain BLOB NOT NULL,
              base_lamport INTEGER NOT NULL, base_time INTEGER NOT NULL,
              last_seq INTEGER NOT NULL, last_chain BLOB NOT NULL,
              last_lamport INTEGER NOT NULL, last_time INTEGER NOT NULL,
              body BLOB NOT NULL);
            CREATE INDEX run_line ON run(line, last_seq);
            CREATE TABLE waiting(
              id INTEGER PRIMARY KEY AUTOINCREMENT, writer BLOB NOT NULL, device BLOB NOT NULL,
              base_seq INTEGER NOT NULL, base_chain BLOB NOT NULL,
              base_lamport INTEGER NOT NULL, base_time INTEGER NOT NULL,
              last_seq INTEGER NOT NULL, last_chain BLOB NOT NULL,
              last_lamport INTEGER NOT NULL, last_time INTEGER NOT NULL,
              body BLOB NOT NULL);
            CREATE UNIQUE INDEX waiting_writer ON waiting(writer, base_seq, base_chain, last_chain);
            """;

    private static final String POINTS =
            "base_seq, base_chain, base_lamport, base_time, last_seq, last_chain, last_lamport, last_time, body";

    private final Database database;

    Runs(Database database) {
        this.database = database;
    }

    /** All lines, by number. */
    public List<Line> lines() {
        return database.all("SELECT no, writer, device, actor, parent, fork FROM line ORDER BY no", Runs::line);
    }

    /** Adds a line and gives it the next number. */
    public Line addLine(WriterId writer, DeviceId device, Bytes actor, int parent, long fork) {
        long no = database.insert(
                "INSERT INTO line(writer, device, actor, parent, fork) VALUES (?,?,?,?,?)",
                writer.bytes(),
                device.bytes(),
                actor,
                parent,
                fork);
        return new Line(Math.toIntExact(no), writer, device, actor, parent, fork);
    }

    /** The end of a line, if it has any change. */
    public Optional<ChainPoint> end(int line) {
        return database.one(
                "SELECT last_seq, last_chain, last_lamport, last_time FROM run WHERE line=?"
                        + " ORDER BY last_seq DESC LIMIT 1",
                row -> point(row, 1),
                line);
    }

    /** Up to {@code limit} places of the last changes of a line's runs, from {@code seq} on, in order. */
    public List<ChainPoint> endsFrom(int line, long seq, int limit) {
        return database.all(
                "SELECT last_seq, last_chain, last_lamport, last_time FROM run WHERE line=? AND last_seq>=?"
                        + " ORDER BY last_seq LIMIT ?",
                row -> point(row, 1),
                line,
                seq,
                limit);
    }

    /** Where the branches of a line begin, if it has any. */
    public Optional<ChainPoint> startOfBranches(int line) {
        return database.one(
                "SELECT base_seq, base_chain, base_lamport, base_time FROM run JOIN line ON line.no=run.line"
                        + " WHERE parent=? ORDER BY base_seq LIMIT 1",
                row -> point(row, 1),
                line);
    }

    /** Hangs the branches of a line on another, itself one of them. */
    public void adopt(int from, int to) {
        database.update("UPDATE line SET parent=? WHERE parent=? AND no<>?", to, from, to);
    }

    /** Stores a run at the end of its line; returns its row number. */
    public long append(int line, ChainPoint base, ChainPoint last, Bytes body) {
        return database.insert(
                "INSERT INTO run(line, " + POINTS + ") VALUES (?,?,?,?,?,?,?,?,?,?)",
                line,
                base.seq(),
                base.hash(),
                base.lamport(),
                base.timeMillis(),
                last.seq(),
                last.hash(),
                last.lamport(),
                last.timeMillis(),
                body);
    }

    /** The greatest row number of a run, or 0. */
    public long newest() {
        return database.one("SELECT max(id) FROM run", row -> row.getLong(1)).orElse(0L);
    }

    /** Up to {@code limit} runs stored after the given row number, in the order of their numbers. */
    public List<StoredRun> after(long id, int limit) {
        return database.all(
                "SELECT id, line, " + POINTS + " FROM run WHERE id>? ORDER BY id LIMIT ?", Runs::run, id, limit);
    }

    /** The runs of a line which hold changes after {@code seq}, in order. */
    public List<StoredRun> ofLine(int line, long seq) {
        return database.all(
                "SELECT id, line, " + POINTS + " FROM run WHERE line=? AND last_seq>? ORDER BY last_seq",
                Runs::run,
                line,
                seq);
    }

    /** Up to {@code limit} runs of a line which hold changes after {@code seq}, in order. */
    public List<StoredRun> ofLine(int line, long seq, int limit) {
        return database.all(
                "SELECT id, line, " + POINTS + " FROM run WHERE line=? AND last_seq>? ORDER BY last_seq LIMIT ?",
                Runs::run,
                line,
                seq,
                limit);
    }

    /** Forgets a run whose changes have been stored again in another. */
    public void remove(long id) {
        database.update("DELETE FROM run WHERE id=?", id);
    }

    /** How many changes there are in all lines. */
    public long changes() {
        return database.one("SELECT coalesce(sum(last_seq-base_seq),0) FROM run", row -> row.getLong(1))
                .orElse(0L);
    }

    /** Keeps a run which waits for its predecessors; one that is kept already is left. */
    public void keepWaiting(WriterId writer, DeviceId device, ChainPoint base, ChainPoint last, Bytes body) {
        database.update(
                "INSERT OR IGNORE INTO waiting(writer, device, " + POINTS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                writer.bytes(),
                device.bytes(),
                base.seq(),
                base.hash(),
                base.lamport(),
                base.timeMillis(),
                last.seq(),
                last.hash(),
                last.lamport(),
                last.timeMillis(),
                body);
    }

    /** The waiting runs of a writer which start at {@code seq} or before, by start. */
    public List<WaitingRun> waiting(WriterId writer, long seq) {
        return database.all(
                "SELECT id, writer, device, " + POINTS
                        + " FROM waiting WHERE writer=? AND base_seq<=? ORDER BY base_seq",
                Runs::waitingRun,
                writer.bytes(),
                seq);
    }

    /** The writers of which runs wait. */
    public List<WriterId> waitingWriters() {
        return database.all(
                "SELECT DISTINCT writer FROM waiting ORDER BY writer",
                row -> WriterId.of(Bytes.owning(row.getBytes(1))));
    }

    /** Per writer of which runs wait, the number before the first change of the first of them. */
    public SortedMap<WriterId, Long> waitingFrom() {
        SortedMap<WriterId, Long> from = new TreeMap<>();
        database.all(
                        "SELECT writer, min(base_seq) FROM waiting GROUP BY writer",
                        row -> Map.entry(WriterId.of(Bytes.owning(row.getBytes(1))), row.getLong(2)))
                .forEach(entry -> from.put(entry.getKey(), entry.getValue()));
        return from;
    }

    /** Forgets a waiting run. */
    public void removeWaiting(long id) {
        database.update("DELETE FROM waiting WHERE id=?", id);
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getInt(1),
                WriterId.of(Bytes.owning(row.getBytes(2))),
                DeviceId.of(Bytes.owning(row.getBytes(3))),
                Bytes.owning(row.getBytes(4)),
                row.getInt(5),
                row.getLong(6));
    }

    private static StoredRun run(ResultSet row) throws SQLException {
        return new StoredRun(
                row.getLong(1), row.getInt(2), point(row, 3), point(row, 7), Bytes.owning(row.getBytes(11)));
    }

    private static WaitingRun waitingRun(ResultSet row) throws SQLException {
        return new WaitingRun(
                row.getLong(1),
                WriterId.of(Bytes.owning(row.getBytes(2))),
                DeviceId.of(Bytes.owning(row.getBytes(3))),
                point(row, 4),
                point(row, 8),
                Bytes.owning(row.getBytes(12)));
    }

    private static ChainPoint point(ResultSet row, int from) throws SQLException {
        return new ChainPoint(
                row.getLong(from), Bytes.owning(row.getBytes(from + 1)), row.getLong(from + 2), row.getLong(from + 3));
    }
}
