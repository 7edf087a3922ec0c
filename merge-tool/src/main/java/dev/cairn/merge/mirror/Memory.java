package dev.cairn.merge.mirror;

import dev.cairn.replica.store.StoreTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What files and documents said when they last agreed, in a database of this device's own. One process at a time.
 *
 * <p>What both are about to say is kept as an {@link Intent} before the first of them is written, and an agreement
 * after both are durable: a crash in between makes the next round find out which of them was written.
 */
public final class Memory implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final Map<String, Stamp> stamps = new HashMap<>();

    private Memory(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Another process uses the same memory. */
    public static final class BusyException extends IOException {
        private static final long serialVersionUID = 1;

        BusyException(Path file) {
            super("another process mirrors this folder: end it first, or wait for it (" + file + ")");
        }
    }

    /**
     * Opens or makes a memory.
     *
     * @throws BusyException while another process has it open
     */
    public static Memory open(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(0);
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        try {
            Memory memory = new Memory(file, config.createConnection("jdbc:sqlite:" + file));
            try {
                memory.prepare();
                return memory;
            } catch (SQLException e) {
                memory.close();
                throw e;
            }
        } catch (SQLiteException e) {
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_BUSY) {
                throw new BusyException(file);
            }
            throw failure(file, e);
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    private void prepare() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            statement.execute("CREATE TABLE IF NOT EXISTS agreed(name TEXT PRIMARY KEY, text TEXT NOT NULL,"
                    + " size INTEGER NOT NULL, modified INTEGER NOT NULL)");
            statement.execute("CREATE TABLE IF NOT EXISTS intent(name TEXT PRIMARY KEY, file TEXT,"
                    + " document TEXT, next TEXT NOT NULL, mark TEXT NOT NULL)");
            statement.execute("COMMIT");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, size, modified FROM agreed")) {
            while (row.next()) {
                stamps.put(row.getString(1), new Stamp(row.getLong(2), row.getLong(3)));
            }
        }
    }

    /** The stamps of all files that are known, by name. */
    Map<String, Stamp> stamps() {
        return stamps;
    }

    /** What was agreed on last. */
    Optional<String> text(String name) throws IOException {
        return one("SELECT text FROM agreed WHERE name=?", name, row -> row.getString(1));
    }

    /** What a round was about to write for a name when it ended. */
    Optional<Intent> intent(String name) throws IOException {
        return one("SELECT file, document, next, mark FROM intent WHERE name=?", name, row -> intent(name, row));
    }

    private <T> Optional<T> one(String sql, String name, Read<T> read) throws IOException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(read.read(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /** How a row becomes a value. */
    @FunctionalInterface
    private interface Read<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static Intent intent(String name, ResultSet row) throws SQLException {
        return new Intent(
                name,
                Optional.ofNullable(row.getString(1)),
                Optional.ofNullable(row.getString(2)),
                row.getString(3),
                row.getString(4));
    }

    /** What was agreed on about one name; nothing when neither is there. */
    record Agreement(String name, Optional<String> text, Stamp stamp) {}

    /** Keeps what was agreed on; all of it or nothing. */
    void agree(Collection<Agreement> agreements) throws IOException {
        atOnce(agreements, this::keep);
        for (Agreement agreement : agreements) {
            if (agreement.text().isPresent()) {
                stamps.put(agreement.name(), agreement.stamp());
            } else {
                stamps.remove(agreement.name());
            }
        }
    }

    private void keep(Agreement agreement) throws SQLException {
        forget(agreement.name());
        if (agreement.text().isEmpty()) {
            update("DELETE FROM agreed WHERE name=?", agreement.name());
            return;
        }
        update(
                "INSERT OR REPLACE INTO agreed(name, text, size, modified) VALUES (?,?,?,?)",
                agreement.name(),
                agreement.text().get(),
                agreement.stamp().size(),
                agreement.stamp().modifiedMillis());
    }

    /** Keeps what is about to be written; all of it or nothing. */
    void intend(Collection<Intent> intents) throws IOException {
        atOnce(
                intents,
                intent -> update(
                        "INSERT OR REPLACE INTO intent(name, file, document, next, mark) VALUES (?,?,?,?,?)",
                        intent.name(),
                        intent.file().orElse(null),
                        intent.document().orElse(null),
                        intent.next(),
                        intent.mark()));
    }

    /** Forgets what was not written after all. */
    void notDone(Collection<String> names) throws IOException {
        atOnce(names, this::forget);
    }

    private void forget(String name) throws SQLException {
        update("DELETE FROM intent WHERE name=?", name);
    }

    private <T> void atOnce(Collection<T> all, Write<T> write) throws IOException {
        if (all.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                for (T each : all) {
                    write.write(each);
                }
                statement.execute("COMMIT");
            } catch (SQLException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /** One row of several. */
    @FunctionalInterface
    private interface Write<T> {
        void write(T value) throws SQLException;
    }

    private void update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    private static IOException failure(Path file, SQLException e) {
        return StoreTrouble.of(file, file.toString(), e);
    }
}
