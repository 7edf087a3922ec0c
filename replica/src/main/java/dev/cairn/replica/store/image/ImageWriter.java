package dev.cairn.replica.store.image;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.format.log.Signatory;
import dev.cairn.format.log.SignedEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

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
    private final SpaceId space;
    private final Signatory own;
    private final Map<Integer, Source> lines = new HashMap<>();
    private final Set<WriterId> unsigned = new HashSet<>();

    private ImageWriter(Connection store, Connection scratch, SpaceId space, Signatory own) {
        this.store = store;
        this.scratch = scratch;
        this.space = space;
        this.own = own;
    }

    /**
     * Writes an image.
     *
     * @param store the file of the local store
     * @param files scratch and image, neither of which exists
     * @param own signs the ends of this device's own chains
     * @param form the form of the documents, under which the store keeps their version
     * @param retired up to where writers have withdrawn their segments
     * @return the writers that were left out, because the end of their chain has no signature in the store
     */
    public static Set<WriterId> write(
            Path store, Files files, SpaceId space, Signatory own, String form, SortedMap<WriterId, Long> retired) {
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
            ImageWriter writer = new ImageWriter(from, to, space, own);
            writer.fill(form, retired);
            execute(to, "COMMIT");
            execute(from, "ROLLBACK");
            vacuum(to, files.image());
            return writer.unsigned;
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(
                    "cannot make a checkpoint of " + store + " in " + files.image() + ": " + e.getMessage(), e));
        }
    }

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
        loadLines();
        List<Source> order = order();
        writeRuns(order);
        writeLines(order);
        copyEntries();
        writeRetired(retired);
        if (unsigned.isEmpty()) {
            copyDocuments(form);
        }
    }

    /** A line of the store. */
    private static final class Source {
        private final int no;
        private final WriterId writer;
        private final DeviceId device;
        private final int parent;
        private final long fork;
        private ChainPoint start;
        private ChainPoint end;
        private Bytes signed = Bytes.empty();
        private int imageNo;

        private Source(int no, WriterId writer, DeviceId device, int parent, long fork) {
            this.no = no;
            this.writer = writer;
            this.device = device;
            this.parent = parent;
            this.fork = fork;
            this.start = new ChainPoint(0, Bytes.owning(new byte[ChainPoint.HASH_SIZE]), 0, 0);
            this.end = start;
        }
    }

    private void loadLines() throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT no, writer, device, parent, fork FROM line")) {
            while (row.next()) {
                WriterId writer = WriterId.of(Bytes.owning(row.getBytes(2)));
                DeviceId device = DeviceId.of(Bytes.owning(row.getBytes(3)));
                lines.put(row.getInt(1), new Source(row.getInt(1), writer, device, row.getInt(4), row.getLong(5)));
            }
        }
        for (Source line : lines.values()) {
            loadEnds(line);
        }
        for (Source line : lines.values()) {
            if (line.end.seq() == 0) {
                children(line).stream()
                        .filter(child -> child.device.equals(line.device))
                        .findFirst()
                        .ifPresent(child -> line.end = child.start);
            }
        }
        for (Source line : lines.values()) {
            if (children(line).isEmpty()) {
                line.signed = signature(line);
                if (line.signed.isEmpty()) {
                    unsigned.add(line.writer);
                }
            }
        }
        lines.values().removeIf(line -> unsigned.contains(line.writer));
    }

    private void loadEnds(Source line) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT base_seq, base_chain, base_lamport, base_time, last_seq,"
                        + " last_chain, last_lamport, last_time FROM run WHERE line=" + line.no
                        + " ORDER BY last_seq")) {
            boolean first = true;
            while (row.next()) {
                if (first) {
                    line.start = point(row, 1);
                }
                first = false;
                line.end = point(row, 5);
            }
        }
    }

    private static ChainPoint point(ResultSet row, int from) throws SQLException {
        return new ChainPoint(
                row.getLong(from), Bytes.owning(row.getBytes(from + 1)), row.getLong(from + 2), row.getLong(from + 3));
    }

    private List<Source> children(Source parent) {
        return lines.values().stream().filter(line -> line.parent == parent.no).toList();
    }

    private Bytes signature(Source line) throws SQLException {
        if (line.device.equals(own.device())) {
            return signOwn(line);
        }
        try (PreparedStatement query =
                store.prepareStatement("SELECT signed FROM signed_end WHERE writer=? AND seq=? AND chain=?")) {
            query.setBytes(1, line.writer.bytes().toArray());
            query.setLong(2, line.end.seq());
            query.setBytes(3, line.end.hash().toArray());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Bytes.owning(row.getBytes(1)) : Bytes.empty();
            }
        }
    }

    private Bytes signOwn(Source line) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT base_seq, base_chain, base_lamport, base_time, body"
                        + " FROM run WHERE line=" + line.no + " ORDER BY last_seq DESC LIMIT 1")) {
            if (!row.next()) {
                return Bytes.empty();
            }
            return SignedEnd.sign(own, space, decode(line, point(row, 1), Bytes.owning(row.getBytes(5))))
                    .encoded();
        }
    }

    private static ChangeRun decode(Source line, ChainPoint base, Bytes body) {
        try {
            return RunCodec.decode(line.writer, base, body);
        } catch (MalformedException e) {
            throw new IllegalStateException(
                    "the local store is damaged: changes of " + line.writer + " after " + base.seq() + " do not decode",
                    e);
        }
    }

    /** The lines in the order of the contract, which numbers them. */
    private List<Source> order() {
        List<Source> order = new ArrayList<>();
        lines.values().stream()
                .filter(line -> line.parent == 0)
                .sorted(Comparator.comparing((Source line) -> line.writer))
                .forEach(line -> add(line, order));
        return order;
    }

    private void add(Source line, List<Source> order) {
        order.add(line);
        line.imageNo = order.size();
        children(line).stream().sorted(Comparator.comparing(this::firstHash)).forEach(child -> add(child, order));
    }

    private Bytes firstHash(Source line) {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT base_seq, base_chain, base_lamport, base_time, body"
                        + " FROM run WHERE line=" + line.no + " ORDER BY last_seq LIMIT 1")) {
            return row.next()
                    ? decode(line, point(row, 1), Bytes.owning(row.getBytes(5))).chainHash(0)
                    : children(line).stream()
                            .map(this::firstHash)
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException("local store: " + e.getMessage(), e));
        }
    }

    /** Cuts the runs of all lines anew, so that every device cuts alike, and orders them by time. */
    private void writeRuns(List<Source> order) throws SQLException {
        execute(scratch, "CREATE TABLE staged(line INTEGER, first INTEGER, lamport INTEGER, body BLOB)");
        try (PreparedStatement insert = scratch.prepareStatement("INSERT INTO staged VALUES (?,?,?,?)")) {
            for (Source line : order) {
                new RowCutter(run -> stage(insert, line, run)).cut(line);
            }
        }
        execute(
                scratch,
                "INSERT INTO run(line, first, body) SELECT line, first, body FROM staged ORDER BY lamport, line");
        execute(scratch, "DROP TABLE staged");
    }

    private static void stage(PreparedStatement insert, Source line, ChangeRun run) throws SQLException {
        insert.setInt(1, line.imageNo);
        insert.setLong(2, run.firstSeq());
        insert.setLong(3, run.after().lamport());
        insert.setBytes(4, RunCodec.encode(run).toArray());
        insert.executeUpdate();
    }

    /** Puts the changes of a line into rows that are as full as they may be. */
    private final class RowCutter {
        private final RunSink sink;
        private final List<ChangeRun> open = new ArrayList<>();
        private int bytes;
        private int changes;

        private RowCutter(RunSink sink) {
            this.sink = sink;
        }

        private void cut(Source line) throws SQLException {
            try (Statement statement = store.createStatement();
                    ResultSet row = statement.executeQuery("SELECT base_seq, base_chain, base_lamport, base_time, body"
                            + " FROM run WHERE line=" + line.no + " ORDER BY last_seq")) {
                while (row.next()) {
                    add(decode(line, point(row, 1), Bytes.owning(row.getBytes(5))));
                }
            }
            close();
        }

        private void add(ChangeRun run) throws SQLException {
            int from = 0;
            while (from < run.size()) {
                int to = from + fitting(run, from);
                if (to == from) {
                    close();
                    continue;
                }
                ChangeRun piece = run.slice(from, to);
                open.add(piece);
                bytes += piece.changeBytes();
                changes += piece.size();
                from = to;
                if (from < run.size()) {
                    close();
                }
            }
        }

        /** How many changes of a run still fit into the open row; an empty row takes any one. */
        private int fitting(ChangeRun run, int from) {
            int most = Math.min(run.size() - from, Limits.CHANGES_MAX - changes);
            if (most == 0 || fits(run, from, most)) {
                return most;
            }
            int good = 0;
            int bad = most;
            while (bad - good > 1) {
                int middle = (good + bad) >>> 1;
                if (fits(run, from, middle)) {
                    good = middle;
                } else {
                    bad = middle;
                }
            }
            return good == 0 && open.isEmpty() ? 1 : good;
        }

        private boolean fits(ChangeRun run, int from, int count) {
            return bytes + run.slice(from, from + count).changeBytes() <= ImageSchema.ROW_BYTES;
        }

        private void close() throws SQLException {
            if (!open.isEmpty()) {
                sink.accept(ChangeRun.concat(open));
                open.clear();
                bytes = 0;
                changes = 0;
            }
        }
    }

    @FunctionalInterface
    private interface RunSink {
        void accept(ChangeRun run) throws SQLException;
    }

    private void writeLines(List<Source> order) throws SQLException {
        try (PreparedStatement insert = scratch.prepareStatement("INSERT INTO line VALUES (?,?,?,?,?,?,?,?)")) {
            for (Source line : order) {
                insert.setInt(1, line.imageNo);
                insert.setBytes(2, line.writer.bytes().toArray());
                insert.setBytes(3, line.device.bytes().toArray());
                insert.setInt(4, parentNo(line));
                insert.setLong(5, line.fork);
                insert.setLong(6, line.end.seq());
                insert.setBytes(7, line.end.hash().toArray());
                insert.setBytes(8, line.signed.toArray());
                insert.executeUpdate();
            }
        }
    }

    private int parentNo(Source line) {
        Source parent = lines.get(line.parent);
        return parent == null ? 0 : parent.imageNo;
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
