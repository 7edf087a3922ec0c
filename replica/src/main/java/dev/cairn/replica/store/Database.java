package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** One connection to an SQLite file, with its prepared statements; used by one thread at a time. */
final class Database implements AutoCloseable {
    /** How long a transaction waits for that of another process; those last for one write to the disk. */
    private static final int BUSY_TIMEOUT_MILLIS = 30_000;

    private final Path file;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens or creates the file. Write-ahead log with {@code synchronous=FULL}: a commit is one forced write, and is
     * there after a power cut.
     */
    static Database open(Path file) {
        try {
            SQLiteConfig config = new SQLiteConfig();
            config.setGetGeneratedKeys(false); // or the driver asks for the last row after every statement
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
            Database database = new Database(file, connection);
            database.execute("PRAGMA busy_timeout=" + BUSY_TIMEOUT_MILLIS);
            database.execute("PRAGMA journal_mode=WAL");
            database.execute("PRAGMA synchronous=FULL");
            database.execute("PRAGMA temp_store=MEMORY");
            database.execute("PRAGMA cache_size=-8192");
            return database;
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /** Runs statements without arguments or results. */
    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /** Ends a transaction without its writes; does nothing when the disk's refusal has ended it. */
    void rollBack() {
        try {
            if (!connection.isClosed()) {
                execute("ROLLBACK");
            }
        } catch (SQLException | UncheckedIOException e) {
            // SQLite has rolled back by itself after a full disk or a failed write
            return;
        }
    }

    /** Runs one statement with arguments; returns how many rows changed. */
    int update(String sql, @Nullable Object... arguments) {
        try {
            return bound(sql, arguments).executeUpdate();
        } catch (SQLException e) {
            forget(sql);
            throw failure(file, e);
        }
    }

    /** Runs an insertion; returns the key of the new row. */
    long insert(String sql, @Nullable Object... arguments) {
        update(sql, arguments);
        return one("SELECT last_insert_rowid()", row -> row.getLong(1)).orElseThrow();
    }

    /** All rows of a query. */
    <T> List<T> all(String sql, Reader<T> reader, @Nullable Object... arguments) {
        List<T> rows = new ArrayList<>();
        try (ResultSet result = bound(sql, arguments).executeQuery()) {
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        } catch (SQLException e) {
            forget(sql);
            throw failure(file, e);
        }
    }

    /** The first row of a query. */
    <T> Optional<T> one(String sql, Reader<T> reader, @Nullable Object... arguments) {
        try (ResultSet result = bound(sql, arguments).executeQuery()) {
            return result.next() ? Optional.of(reader.read(result)) : Optional.empty();
        } catch (SQLException e) {
            forget(sql);
            throw failure(file, e);
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    /** Drops a statement that failed: the driver closes it inside, and it would refuse for ever, room or not. */
    private void forget(String sql) {
        PreparedStatement failed = statements.remove(sql);
        if (failed != null) {
            try {
                failed.close();
            } catch (SQLException e) {
                return; // it is of no use in any case
            }
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object argument) throws SQLException {
        if (argument instanceof Long number) {
            statement.setLong(index, number);
        } else if (argument instanceof Integer number) {
            statement.setInt(index, number);
        } else if (argument instanceof Bytes bytes) {
            statement.setBytes(index, bytes.toArray());
        } else if (argument instanceof String text) {
            statement.setString(index, text);
        } else if (argument == null) {
            statement.setNull(index, java.sql.Types.NULL);
        } else {
            throw new IllegalArgumentException("no column type for " + argument.getClass());
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    private static UncheckedIOException failure(Path file, SQLException e) {
        IOException trouble = StoreTrouble.of(file, "local store " + file, e);
        return new UncheckedIOException(trouble.getMessage(), trouble);
    }

    /** How a row becomes a value. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
