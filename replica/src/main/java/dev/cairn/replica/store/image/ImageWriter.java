package dev.cairn.replica.store.image;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.format.log.Signatory;
import dev.cairn.replica.store.StoreTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * Writes the image of a checkpoint from the local store.
 *
 * <p>All of it comes from one read transaction on a connection of its own, so that the cut and the documents are of one
 * moment and nobody who commits meanwhile waits. Rows go into a scratch database which has the tables of the contract
 * and no others, so that what is only for this device has no way into it; {@code VACUUM INTO} makes the image from
 * that, without a free page. Memory is bounded by one row.
 */
public final class ImageWriter {
    private final Connection store;
    private final Connection scratch;
    private final SourceLines lines;

    private ImageWriter(Connection store, Connection scratch, SourceLines lines) {
        this.store = store;
        this.scratch = scratch;
        this.lines = lines;
    }

    /**
     * Writes an image.
     *
     * @param source what is in the image
     * @param files scratch and image, neither of which exists
     * @param form the form of the documents, under which the store keeps their version
     * @param retired up to where writers have withdrawn their segments
     * @return the writers that were left out, because the end of their chain has no signature in the store or
     *     nothing counts that their device wrote
     */
    public static Set<WriterId> write(
            Source source, Files files, SpaceId space, String form, SortedMap<WriterId, Long> retired) {
        Path store = source.store();
        try (Connection from = DriverManager.getConnection("jdbc:sqlite:" + store);
                Connection to = DriverManager.getConnection("jdbc:sqlite:" + files.scratch())) {
            execute(from, "PRAGMA query_only=ON");
            execute(from, "PRAGMA busy_timeout=30000");
            for (String pragma : List.of(
                    "page_size=" + ImageSchema.PAGE_BYTES,
                    "encoding='UTF-8'",
                    "journal_mode=OFF",
                    "synchronous=OFF",
                    "application_id=" + ImageSchema.APPLICATION_ID,
                    "user_version=" + ImageSchema.USER_VERSION)) {
                execute(to, "PRAGMA " + pragma);
            }
            for (String table : ImageSchema.TABLES) {
                execute(to, table);
            }
            execute(from, "BEGIN");
            execute(to, "BEGIN");
            ImageWriter writer = new ImageWriter(from, to, SourceLines.load(from, space, source));
            writer.fill(form, retired);
            execute(to, "COMMIT");
            execute(from, "ROLLBACK");
            vacuum(to, files.image());
            return writer.lines.leftOut();
        } catch (SQLException e) {
            IOException trouble =
                    StoreTrouble.of(files.image(), "cannot make a checkpoint of " + store + " in " + files.image(), e);
            throw new UncheckedIOException(trouble.getMessage(), trouble);
        }
    }

    /**
     * Where an image comes from.
     *
     * @param store the file of the local store
     * @param own signs the ends of this device's own chains
     * @param counts whether changes of a device count
     */
    public record Source(Path store, Signatory own, Predicate<DeviceId> counts) {}

    /**
     * Where an image is made.
     *
     * @param scratch on the way
     * @param image the result
     */
    public record Files(Path scratch, Path image) {}

    private static void vacuum(Connection from, Path image) throws SQLException {
        try (PreparedStatement vacuum = from.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, image.toString());
            vacuum.execute();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void fill(String form, SortedMap<WriterId, Long> retired) throws SQLException {
        List<SourceLine> order = lines.order();
        writeRuns(order);
        writeLines(order);
        copyEntries();
        writeRetired(retired);
        if (lines.leftOut().isEmpty()) {
            copyDocuments(form);
        }
    }

    /** Cuts the runs of all lines anew, so that every device cuts alike, and orders them by time. */
    private void writeRuns(List<SourceLine> order) throws SQLException {
        execute(scratch, "CREATE TABLE staged(line INTEGER, first INTEGER, lamport INTEGER, body BLOB)");
        try (PreparedStatement insert = scratch.prepareStatement("INSERT INTO staged VALUES (?,?,?,?)")) {
            for (SourceLine line : order) {
                new RowCutter(store, run -> stage(insert, line, run)).cut(line);
            }
        }
        execute(
                scratch,
                "INSERT INTO run(line, first, body) SELECT line, first, body FROM staged ORDER BY lamport, line");
        execute(scratch, "DROP TABLE staged");
    }

    private static void stage(PreparedStatement insert, SourceLine line, ChangeRun run) throws SQLException {
        insert.setInt(1, line.imageNo);
        insert.setLong(2, run.firstSeq());
        insert.setLong(3, run.after().lamport());
        insert.setBytes(4, RunCodec.encode(run).toArray());
        insert.executeUpdate();
    }

    private void writeLines(List<SourceLine> order) throws SQLException {
        try (PreparedStatement insert = scratch.prepareStatement("INSERT INTO line VALUES (?,?,?,?,?,?,?,?)")) {
            for (SourceLine line : order) {
                insert.setInt(1, line.imageNo);
                insert.setBytes(2, line.writer.bytes().toArray());
                insert.setBytes(3, line.device.bytes().toArray());
                insert.setInt(4, lines.parentNo(line));
                insert.setLong(5, line.fork);
                insert.setLong(6, line.end.seq());
                insert.setBytes(7, line.end.hash().toArray());
                insert.setBytes(8, line.signed.toArray());
                insert.executeUpdate();
            }
        }
    }

    private void copyEntries() throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT bytes FROM entry ORDER BY id");
                PreparedStatement insert = scratch.prepareStatement("INSERT INTO entry(entry) VALUES (?)")) {
            while (row.next()) {
                insert.setBytes(1, row.getBytes(1));
                insert.executeUpdate();
            }
        }
    }

    private void writeRetired(SortedMap<WriterId, Long> retired) throws SQLException {
        try (PreparedStatement insert = scratch.prepareStatement("INSERT INTO retired(writer, through) VALUES (?,?)")) {
            for (Map.Entry<WriterId, Long> entry : retired.entrySet()) {
                insert.setBytes(1, entry.getKey().bytes().toArray());
                insert.setLong(2, entry.getValue());
                insert.executeUpdate();
            }
        }
    }

    private void copyDocuments(String form) throws SQLException {
        Bytes version;
        try (PreparedStatement query = store.prepareStatement("SELECT value FROM meta WHERE key=?")) {
            query.setString(1, form);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return;
                }
                version = Bytes.owning(row.getBytes(1));
            }
        }
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, snapshot FROM document ORDER BY name");
                PreparedStatement insert = scratch.prepareStatement("INSERT INTO document(name, state) VALUES (?,?)")) {
            while (row.next()) {
                insert.setString(1, row.getString(1));
                insert.setBytes(2, row.getBytes(2));
                insert.executeUpdate();
            }
        }
        try (PreparedStatement insert = scratch.prepareStatement("INSERT INTO meta(name, value) VALUES (?,?)")) {
            meta(insert, ImageMeta.FORM, Bytes.utf8(form));
            meta(insert, ImageMeta.VERSION, version);
        }
    }

    private static void meta(PreparedStatement insert, String name, Bytes value) throws SQLException {
        insert.setString(1, name);
        insert.setBytes(2, value.toArray());
        insert.executeUpdate();
    }
}
