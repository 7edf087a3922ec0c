package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.WriterId;
import java.util.List;

/**
 * What the files in the folder brought, by the digest of each: the member entry, or the run of changes. So it can be
 * told whether the folder still holds what is in the store.
 */
public final class FileContents {
    static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS file_entry(file BLOB PRIMARY KEY, entry BLOB NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS file_changes(
              file BLOB PRIMARY KEY, writer BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
              chain BLOB NOT NULL) WITHOUT ROWID;
            DROP TABLE IF EXISTS file_run;
            """;

    private final Database database;

    FileContents(Database database) {
        this.database = database;
    }

    /**
     * A file with a member entry.
     *
     * @param file the digest of the file
     * @param entry the digest of the entry
     */
    public record OfEntry(Bytes file, Bytes entry) {}

    /**
     * A file with changes of one writer.
     *
     * @param file the digest of the file
     * @param writer whose they are
     * @param first the number of the first
     * @param last the number of the last
     * @param chain the chain hash there, which tells apart the branches of a writer
     */
    public record OfRun(Bytes file, WriterId writer, long first, long last, Bytes chain) {}

    /** Keeps that a file holds an entry. */
    public void keep(Bytes file, Bytes entry) {
        database.update("INSERT OR IGNORE INTO file_entry VALUES (?,?)", file, entry);
    }

    /** Keeps that a file holds a run. */
    public void keep(Bytes file, ChangeRun run) {
        database.update(
                "INSERT OR IGNORE INTO file_changes VALUES (?,?,?,?,?)",
                file,
                run.writer().bytes(),
                run.firstSeq(),
                run.lastSeq(),
                run.after().hash());
    }

    /** The files with entries. */
    public List<OfEntry> entries() {
        return database.all(
                "SELECT file, entry FROM file_entry",
                row -> new OfEntry(Bytes.owning(row.getBytes(1)), Bytes.owning(row.getBytes(2))));
    }

    /** The files with changes, by writer and then by their first change. */
    public List<OfRun> runs() {
        return database.all(
                "SELECT file, writer, first, last, chain FROM file_changes ORDER BY writer, first",
                row -> new OfRun(
                        Bytes.owning(row.getBytes(1)),
                        WriterId.of(Bytes.owning(row.getBytes(2))),
                        row.getLong(3),
                        row.getLong(4),
                        Bytes.owning(row.getBytes(5))));
    }

    /** Forgets files which are known under no path any more: each head takes the place of an older one. */
    public void forgetReplaced() {
        for (String table : List.of("file_entry", "file_changes")) {
            database.update("DELETE FROM " + table + " WHERE file NOT IN (SELECT digest FROM file WHERE digest IS NOT"
                    + " NULL) AND file NOT IN (SELECT digest FROM own)");
        }
    }
}
