package dev.cairn.merge.export;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A new SQLite file that is being filled; it gets its name when it is whole, and goes when it does not become so.
 *
 * <p>It is one transaction, and on the disk before it is renamed. Only its owner may read it: what is in it is in clear
 * text.
 */
final class ExportFile implements AutoCloseable {
    private final Path file;
    private final Path staging;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private ExportFile(Path file, Path staging, Connection connection) {
        this.file = file;
        this.staging = staging;
        this.connection = connection;
    }

    static ExportFile begin(Path file) throws IOException, SQLException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path staging = staging(file, attributes);
        staging.toFile().deleteOnExit(); // an interrupt ends the process without close
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + staging);
            ExportFile begun = new ExportFile(file, staging, connection);
            begun.execute("PRAGMA journal_mode=MEMORY");
            begun.execute("PRAGMA page_size=4096");
            connection.setAutoCommit(false);
            return begun;
        } catch (SQLException failed) {
            Files.deleteIfExists(staging);
            throw failed;
        }
    }

    /** The user knows the name they gave, not the one it has until it is whole. */
    private static Path staging(Path file, FileAttribute<?>... attributes) throws IOException {
        try {
            return Files.createTempFile(file.toAbsolutePath().getParent(), ".cairn-export-", ".part", attributes);
        } catch (FileSystemException refused) {
            String reason = refused instanceof AccessDeniedException
                    ? "no right to write there"
                    : Objects.requireNonNullElse(refused.getReason(), "the directory refuses it");
            throw new IOException("cannot write " + file + ": " + reason, refused);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Inserts one row. */
    void insert(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
    }

    /** Gives the file its name; one that has it already stays, unless it shall be replaced. */
    void finish(boolean replace) throws IOException, SQLException {
        connection.commit();
        connection.close();
        if (replace) {
            Files.move(staging, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        } else {
            Files.move(staging, file);
        }
    }

    /** Leaves nothing behind but a finished file. */
    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException unwritable) {
            throw new IOException("cannot close " + staging + ": " + unwritable.getMessage(), unwritable);
        } finally {
            Files.deleteIfExists(staging);
        }
    }
}
