package dev.cairn.merge.export;

import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;
import dev.cairn.replica.Document;
import dev.cairn.replica.LogEntry;
import dev.cairn.replica.Snapshot;
import dev.cairn.replica.Space;
import dev.cairn.replica.store.StoreTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes one version of a space into a new SQLite file, which appears whole or not at all. The schema is in
 * {@code docs/export.md}.
 */
public final class SqliteExport {
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE export (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, type TEXT, json TEXT NOT NULL,"
                    + " kinds TEXT NOT NULL)",
            "CREATE TABLE types (type TEXT PRIMARY KEY, documents INTEGER NOT NULL, table_name TEXT, why_not TEXT)"
                    + " WITHOUT ROWID",
            "CREATE TABLE changes (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, author TEXT NOT NULL,"
                    + " device TEXT NOT NULL, time TEXT NOT NULL, lamport INTEGER NOT NULL, message TEXT NOT NULL,"
                    + " takes_back TEXT)",
            "CREATE TABLE change_documents (document TEXT NOT NULL, change INTEGER NOT NULL REFERENCES changes(no),"
                    + " PRIMARY KEY (document, change)) WITHOUT ROWID",
            "CREATE TABLE blame (document INTEGER NOT NULL REFERENCES documents(id), path TEXT NOT NULL,"
                    + " start INTEGER NOT NULL, content TEXT NOT NULL, change TEXT NOT NULL,"
                    + " PRIMARY KEY (document, path, start)) WITHOUT ROWID",
            "CREATE VIRTUAL TABLE search USING fts5(name, body)",
            "CREATE VIEW history AS SELECT d.document, c.time, c.author, c.message, c.id AS change"
                    + " FROM change_documents d JOIN changes c ON c.no = d.change ORDER BY d.document, c.no");
    /** Names which tables of types may not take. */
    private static final Set<String> TAKEN =
            Set.of("export", "documents", "types", "changes", "change_documents", "blame", "search", "history");

    private final Snapshot snapshot;
    private final Changes changes;
    /** Looked for once: which documents have something at a version takes a look at each. */
    private final SortedSet<String> documents;

    private final long total;
    private final Rendering rendering;
    private final Progress progress;
    private final Map<String, Sheet> sheets = new TreeMap<>();

    /** Told how far the work is. */
    @FunctionalInterface
    public interface Progress {
        /** So many of all rows are written. */
        void at(long done, long total);
    }

    /**
     * An export.
     *
     * @param snapshot the documents to write
     * @param changes the changes which made them
     * @param rendering how documents are said
     * @param progress told how far it is, on the calling thread
     */
    public SqliteExport(Snapshot snapshot, Changes changes, Rendering rendering, Progress progress) {
        this.snapshot = snapshot;
        this.changes = changes;
        this.documents = snapshot.documents();
        this.total = documents.size() + changes.countMax();
        this.rendering = rendering;
        this.progress = progress;
    }

    /**
     * Writes the file.
     *
     * @param blame whether to write who made which part of each text: one replay of a document for each text in it
     * @param replace whether a file that is there may be replaced
     * @return how many changes were written
     * @throws java.nio.file.FileAlreadyExistsException if it is there and may not be
     * @throws IOException if it cannot be written; what was there is as it was
     */
    public long write(Path file, boolean blame, boolean replace) throws IOException {
        try (ExportFile out = ExportFile.begin(file)) {
            for (String table : SCHEMA) {
                out.execute(table);
            }
            out.insert("INSERT INTO export VALUES ('schema', '1')");
            out.insert(
                    "INSERT INTO export VALUES ('version', ?)",
                    snapshot.version().toString());
            documents(out, blame);
            tables(out);
            long written = changes(out);
            out.execute("INSERT INTO search(search) VALUES ('optimize')");
            out.finish(replace);
            progress.at(total, total);
            return written;
        } catch (SQLException failed) {
            throw StoreTrouble.of(file, "cannot write " + file, failed);
        }
    }

    private void documents(ExportFile out, boolean blame) throws SQLException {
        long id = 0;
        for (String name : documents) {
            Document document = snapshot.document(name);
            id++;
            String type = Sheet.typeOf(document).orElse(null);
            if (type != null) {
                sheets.computeIfAbsent(type, Sheet::new).add(id, document);
            }
            out.insert(
                    "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
                    id,
                    name,
                    type,
                    rendering.json(document.map()),
                    rendering.kinds(document));
            Texts texts = new Texts(document);
            out.insert("INSERT INTO search(rowid, name, body) VALUES (?, ?, ?)", id, name, texts.words());
            if (blame) {
                for (List<Object> path : texts.paths()) {
                    blame(out, id, document, path);
                }
            }
            progress.at(id, total);
        }
    }

    private void blame(ExportFile out, long id, Document document, List<Object> path) throws SQLException {
        String text =
                document.at(path.toArray()).map(Sheet::inside).orElseThrow().toString();
        for (Blame.Run run : rendering.blame(document, path).runs()) {
            out.insert(
                    "INSERT INTO blame VALUES (?, ?, ?, ?, ?)",
                    id,
                    rendering.path(path),
                    run.start(),
                    text.substring(run.start(), run.end()),
                    changeId(run.origin().change()));
        }
    }

    private static String changeId(ChangeId change) {
        return Space.version(change).toString();
    }

    private void tables(ExportFile out) throws SQLException {
        Set<String> taken = new HashSet<>(TAKEN);
        for (Sheet sheet : sheets.values()) {
            String why = sheet.disagreement().orElse(null);
            String table = null;
            if (why == null) {
                boolean reserved = sheet.type().regionMatches(true, 0, "sqlite_", 0, 7)
                        || sheet.type().regionMatches(true, 0, "search_", 0, 7);
                table = Sheet.free(reserved ? "of_" + sheet.type() : sheet.type(), taken);
                out.execute(sheet.create(table));
                rows(out, sheet, table);
            }
            out.insert(
                    "INSERT INTO types VALUES (?, ?, ?, ?)",
                    sheet.type(),
                    sheet.documents().size(),
                    table,
                    why);
        }
    }

    private void rows(ExportFile out, Sheet sheet, String table) throws SQLException {
        List<String> keys = sheet.keys();
        String sql = "INSERT INTO " + Sheet.quoted(table) + " VALUES (?, ?" + ", ?".repeat(keys.size()) + ")";
        for (Map.Entry<Long, String> member : sheet.documents().entrySet()) {
            Document document = snapshot.document(member.getValue());
            List<@Nullable Object> row = new ArrayList<>(List.of(member.getKey(), member.getValue()));
            for (String key : keys) {
                row.add(document.map()
                        .get(key)
                        .map(Sheet::inside)
                        .map(this::cell)
                        .orElse(null));
            }
            out.insert(sql, row.toArray());
        }
    }

    private @Nullable Object cell(Node node) {
        if (node instanceof Value.Null) {
            return null;
        }
        if (node instanceof Value.Str string) {
            return string.value();
        }
        if (node instanceof TextView text) {
            return text.toString();
        }
        if (node instanceof Value.Time time) {
            return time.value().toString();
        }
        if (node instanceof Value.Int integer) {
            return integer.value();
        }
        if (node instanceof CounterView counter) {
            return counter.value();
        }
        if (node instanceof Value.Real real) {
            return real.value();
        }
        return node instanceof Value.Bool bool ? (Object) (bool.value() ? 1 : 0) : rendering.json(node);
    }

    private long changes(ExportFile out) throws SQLException {
        long[] count = {0};
        try {
            changes.each(change -> {
                count[0]++;
                write(out, count[0], change);
                progress.at(documents.size() + count[0], total);
            });
        } catch (NotWritten failed) {
            throw failed.cause;
        }
        return count[0];
    }

    private void write(ExportFile out, long no, LogEntry change) {
        try {
            out.insert(
                    "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    no,
                    change.id().toString(),
                    change.deviceName(),
                    change.device().toString(),
                    change.time().toString(),
                    change.lamport(),
                    change.message(),
                    change.reversal()
                            .map(reversal -> changeId(reversal.change()))
                            .orElse(null));
            for (String document : change.documents()) {
                out.insert("INSERT INTO change_documents VALUES (?, ?)", document, no);
            }
        } catch (SQLException failed) {
            throw new NotWritten(failed);
        }
    }

    /** Carries the failure of a row out of the walk over the history. */
    private static final class NotWritten extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final SQLException cause;

        NotWritten(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
