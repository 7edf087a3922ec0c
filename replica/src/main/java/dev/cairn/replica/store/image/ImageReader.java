package dev.cairn.replica.store.image;

import static dev.cairn.replica.store.image.ImageVerdict.CORRUPT;
import static dev.cairn.replica.store.image.ImageVerdict.FOREIGN_SCHEMA;
import static dev.cairn.replica.store.image.ImageVerdict.NOT_A_DATABASE;
import static dev.cairn.replica.store.image.ImageVerdict.TOO_LARGE;
import static dev.cairn.replica.store.image.ImageVerdict.WRONG_ROW;
import static dev.cairn.replica.store.image.ImageVerdict.WRONG_TYPE;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.LogicalHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * Reads an image that somebody else has made, row by row.
 *
 * <p>The file is opened read-only and for itself, with the schema untrusted, cells checked, no memory map and a limit
 * on the length of values. Only tables with exactly the text of the contract are read, by their row numbers, so that no
 * statement of the file ever runs. Every row goes into the logical hash when it is read. Memory is bounded by one row,
 * and by the lines and the names of the documents. One thread at a time.
 */
public final class ImageReader implements AutoCloseable {
    private static final Bytes MAGIC = Bytes.utf8("SQLite format 3\0");
    private static final int HEADER_BYTES = 100;
    /** Rows of one table; an image of 32 GiB has fewer. */
    private static final int ROWS_MAX = 10_000_000;

    private final Connection connection;
    private final LogicalHash hash = new LogicalHash();
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private ImageReader(Connection connection) {
        this.connection = connection;
    }

    /** Opens an image and checks its form. */
    public static ImageReader open(Path file) throws ImageException, IOException {
        checkHeader(file);
        ImageReader reader = null;
        try {
            reader = new ImageReader(connect(file));
            reader.checkSchema();
            ImageReader opened = reader;
            reader = null;
            return opened;
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            if (reader != null) {
                reader.close();
            }
        }
    }

    /** What SQLite would go by before any of our settings holds. */
    private static void checkHeader(Path file) throws ImageException, IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        try (InputStream in = Files.newInputStream(file)) {
            header.limit(in.readNBytes(header.array(), 0, HEADER_BYTES));
        }
        require(
                header.limit() == HEADER_BYTES && Bytes.copyOf(header.array()).startsWith(MAGIC),
                NOT_A_DATABASE,
                "no header");
        long pages = header.getInt(28) & 0xffff_ffffL;
        boolean form = header.getShort(16) == ImageSchema.PAGE_BYTES
                && header.get(18) == 1
                && header.get(19) == 1
                && header.getInt(56) == 1
                && header.getInt(60) == ImageSchema.USER_VERSION
                && header.getInt(68) == ImageSchema.APPLICATION_ID;
        require(form, NOT_A_DATABASE, "page size, versions, encoding or ids");
        require(pages * ImageSchema.PAGE_BYTES == Files.size(file), NOT_A_DATABASE, "another size than it declares");
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.enableLoadExtension(false);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema=OFF");
            statement.execute("PRAGMA cell_size_check=ON");
            statement.execute("PRAGMA mmap_size=0");
            statement.execute("PRAGMA query_only=ON");
            statement.execute("PRAGMA cache_size=-4096");
            statement.execute("PRAGMA temp_store=MEMORY");
        }
        SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
        sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, Limits.IMAGE_STATE_BYTES_MAX + 1024);
        sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        return connection;
    }

    private void checkSchema() throws SQLException, ImageException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT type, sql FROM sqlite_schema")) {
            while (row.next()) {
                String sql = row.getString(2);
                found.add(sql == null ? row.getString(1) + " without text" : sql);
                require(found.size() <= ImageSchema.TABLES.size(), FOREIGN_SCHEMA, "more than the tables of an image");
            }
        }
        require(found.equals(ImageSchema.TABLES), FOREIGN_SCHEMA, "its tables differ");
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            require(row.next() && "ok".equals(row.getString(1)), CORRUPT, "quick_check fails");
        }
    }

    /** Gives every run, in the order of their rows. The first of the four things to be read. */
    public void runs(RunConsumer consumer) throws ImageException {
        each("run", "line, first, body", row -> {
            long line = integer(row, 2, 1, Limits.CUT_MAX * 2L);
            long first = integer(row, 3, 1, Limits.NUMBER_MAX);
            Bytes body = blob(row, 4, 1, Limits.IMAGE_VALUE_BYTES_MAX);
            hash.row().integer(row.getLong(1)).integer(line).integer(first).blob(body);
            consumer.accept(row.getLong(1), (int) line, first, body);
        });
    }

    /** All lines. Read them before the runs, without effect on the logical hash, to know whose runs these are. */
    public List<ImageLine> lines() throws ImageException {
        List<ImageLine> lines = new ArrayList<>();
        each("line", "writer, device, parent, fork, last, chain, signed", row -> {
            require(lines.size() < 2 * Limits.CUT_MAX, TOO_LARGE, "lines");
            lines.add(line(row));
        });
        return lines;
    }

    private static ImageLine line(ResultSet row) throws SQLException, ImageException {
        return new ImageLine(
                row.getInt(1),
                WriterId.of(blob(row, 2, WriterId.SIZE, WriterId.SIZE)),
                DeviceId.of(blob(row, 3, DeviceId.SIZE, DeviceId.SIZE)),
                (int) integer(row, 4, 0, row.getLong(1) - 1),
                integer(row, 5, 0, Limits.NUMBER_MAX),
                integer(row, 6, 0, Limits.NUMBER_MAX),
                blob(row, 7, 32, 32),
                blob(row, 8, 0, Limits.HEAD_FILE_BYTES_MAX));
    }

    /** Takes the lines into the logical hash; after the runs. */
    public void hash(List<ImageLine> lines) {
        hash.table("line");
        for (ImageLine line : lines) {
            hash.row()
                    .integer(line.no())
                    .blob(line.writer().bytes())
                    .blob(line.device().bytes())
                    .integer(line.parent())
                    .integer(line.fork())
                    .integer(line.last())
                    .blob(line.chain())
                    .blob(line.signed());
        }
    }

    /** All member entries. Read them before the runs as well, for the keys of the devices. */
    public List<Bytes> entries() throws ImageException {
        List<Bytes> entries = new ArrayList<>();
        long[] bytes = {0};
        each("entry", "entry", row -> {
            Bytes entry = blob(row, 2, 1, Limits.MEMBER_FILE_BYTES_MAX);
            bytes[0] += entry.size();
            require(bytes[0] <= Limits.RAW_BYTES_MAX, TOO_LARGE, "member entries");
            entries.add(entry);
        });
        return entries;
    }

    /** Takes the member entries into the logical hash; after the lines. */
    public void hashEntries(List<Bytes> entries) {
        hash.table("entry");
        for (int i = 0; i < entries.size(); i++) {
            hash.row().integer(i + 1L).blob(entries.get(i));
        }
    }

    /** Up to where writers are known to have withdrawn their segments. */
    public Map<WriterId, Long> retired() throws ImageException {
        TreeMap<WriterId, Long> retired = new TreeMap<>();
        each("retired", "writer, through", row -> {
            WriterId writer = WriterId.of(blob(row, 2, WriterId.SIZE, WriterId.SIZE));
            long through = integer(row, 3, 1, Limits.NUMBER_MAX);
            require(
                    retired.isEmpty() || retired.lastKey().compareTo(writer) < 0,
                    WRONG_ROW,
                    "retired " + row.getLong(1));
            retired.put(writer, through);
            hash.row().integer(row.getLong(1)).blob(writer.bytes()).integer(through);
        });
        return retired;
    }

    /** The rows of the documents by name; their states stay in the image. */
    public Map<String, Long> documents() throws ImageException {
        Map<String, Long> rows = new TreeMap<>();
        Bytes[] before = {Bytes.empty()};
        each("document", "name, state", row -> {
            String name = text(row, 2);
            Bytes bytes = Bytes.utf8(name);
            require(before[0].compareTo(bytes) < 0, WRONG_ROW, "document " + row.getLong(1));
            before[0] = bytes;
            Bytes state = blob(row, 3, 0, Limits.IMAGE_STATE_BYTES_MAX);
            hash.row().integer(row.getLong(1)).text(name).blob(state);
            rows.put(name, row.getLong(1));
        });
        return rows;
    }

    /** Named values. */
    public Map<String, Bytes> meta() throws ImageException {
        Map<String, Bytes> values = new TreeMap<>();
        each("meta", "name, value", row -> {
            String name = text(row, 2);
            Bytes value = blob(row, 3, 0, Limits.IMAGE_VALUE_BYTES_MAX);
            require(values.put(name, value) == null, WRONG_ROW, "meta " + row.getLong(1));
            hash.row().integer(row.getLong(1)).text(name).blob(value);
        });
        return values;
    }

    /** The logical hash over all that was read. */
    public Bytes content() {
        return hash.content();
    }

    /** The changes of a row that was read before. */
    public Bytes body(long no) throws ImageException {
        return one("SELECT body FROM run WHERE no=?", no);
    }

    /** The state of a document whose row was read before. */
    public Bytes state(long no) throws ImageException {
        return one("SELECT state FROM document WHERE no=?", no);
    }

    private Bytes one(String sql, long no) throws ImageException {
        try {
            PreparedStatement statement = prepared.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                prepared.put(sql, statement);
            }
            statement.setLong(1, no);
            try (ResultSet row = statement.executeQuery()) {
                require(row.next(), CORRUPT, "a row went away");
                return blob(row, 1, 0, Limits.IMAGE_STATE_BYTES_MAX);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private void each(String table, String columns, RowConsumer consumer) throws ImageException {
        if (!table.equals("line") && !table.equals("entry")) {
            hash.table(table);
        }
        long expected = 1;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT no, " + columns + " FROM " + table + " ORDER BY no")) {
            while (row.next()) {
                require(expected <= ROWS_MAX, TOO_LARGE, "rows of " + table);
                require(row.getLong(1) == expected, WRONG_ROW, table + " " + expected);
                expected++;
                consumer.accept(row);
            }
        } catch (SQLException e) {
            throw failure(e);
        } catch (IllegalArgumentException e) {
            throw new ImageException(WRONG_ROW, table + " " + (expected - 1) + ": " + e.getMessage());
        }
    }

    private static long integer(ResultSet row, int column, long min, long max) throws SQLException, ImageException {
        Object value = row.getObject(column);
        if (!(value instanceof Number number) || value instanceof Double) {
            throw new ImageException(WRONG_TYPE, "no integer in column " + column);
        }
        long found = number.longValue();
        require(found >= min && found <= max, WRONG_ROW, found + " in column " + column);
        return found;
    }

    private static Bytes blob(ResultSet row, int column, int min, int max) throws SQLException, ImageException {
        if (!(row.getObject(column) instanceof byte[] bytes)) {
            throw new ImageException(WRONG_TYPE, "no blob in column " + column);
        }
        require(bytes.length <= max, TOO_LARGE, bytes.length + " bytes in column " + column);
        require(bytes.length >= min, WRONG_ROW, bytes.length + " bytes in column " + column);
        return Bytes.owning(bytes);
    }

    private static String text(ResultSet row, int column) throws SQLException, ImageException {
        if (!(row.getObject(column) instanceof String text)) {
            throw new ImageException(WRONG_TYPE, "no text in column " + column);
        }
        require(text.length() <= Limits.IMAGE_VALUE_BYTES_MAX, TOO_LARGE, "a text in column " + column);
        return text;
    }

    static void require(boolean good, ImageVerdict verdict, String detail) throws ImageException {
        if (!good) {
            throw new ImageException(verdict, detail);
        }
    }

    private static ImageException failure(SQLException e) {
        boolean large = e instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_TOOBIG;
        return new ImageException(large ? TOO_LARGE : CORRUPT, String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close an image: " + e.getMessage(), e);
        }
    }

    /** Takes a run. */
    @FunctionalInterface
    public interface RunConsumer {
        /** A run of the line, whose first change has that number. */
        void accept(long no, int line, long first, Bytes body) throws ImageException;
    }

    @FunctionalInterface
    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException, ImageException;
    }
}
