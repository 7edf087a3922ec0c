package dev.cairn.merge.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;

/**
 * The documents in a database which {@code cairn export --sqlite} wrote. It is opened for reading only, without
 * whatever functions and triggers its schema may hold, because somebody else may have changed it.
 */
public final class ExportSource implements AutoCloseable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final Connection connection;
    private final Path file;

    private ExportSource(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Told of one document after another. */
    @FunctionalInterface
    public interface Receiver {
        /** Takes a document. */
        void take(Incoming.Json document);
    }

    /** Whether a file begins as an SQLite database does. */
    public static boolean isDatabase(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /**
     * Opens an export.
     *
     * @throws IOException if the database is no export, or one of another version
     */
    public static ExportSource open(Path file) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try {
            ExportSource source = new ExportSource(file, config.createConnection("jdbc:sqlite:" + file));
            try {
                source.check();
                return source;
            } catch (IOException | SQLException refused) {
                source.close();
                throw refused;
            }
        } catch (SQLException broken) {
            throw new IOException(file + " is no database which 'cairn export' wrote: " + broken.getMessage(), broken);
        }
    }

    private void check() throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA mmap_size=0");
            statement.execute("PRAGMA trusted_schema=OFF");
            statement.execute("PRAGMA cell_size_check=ON");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT value FROM export WHERE key = 'schema'")) {
            String schema = row.next() ? row.getString(1) : "none";
            if (!"1".equals(schema)) {
                throw new IOException(file + " has export schema " + schema + " and this program reads 1");
            }
        }
    }

    /** How many documents are in it. */
    public long size() throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM documents")) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException broken) {
            throw new IOException(file + " cannot be read: " + broken.getMessage(), broken);
        }
    }

    /** Hands out all documents, by name. */
    public void read(Receiver receiver) throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, json, kinds FROM documents ORDER BY name")) {
            while (row.next()) {
                receiver.take(new Incoming.Json(
                        String.valueOf(row.getString(1)),
                        String.valueOf(row.getString(2)),
                        String.valueOf(row.getString(3))));
            }
        } catch (SQLException broken) {
            throw new IOException(file + " cannot be read: " + broken.getMessage(), broken);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException broken) {
            throw new IOException(file + " cannot be closed: " + broken.getMessage(), broken);
        }
    }
}
