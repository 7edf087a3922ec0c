package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportCommandTest {
    @TempDir
    Path root;

    private Desk laptop;

    @BeforeEach
    void aSpaceWithChanges() {
        laptop = new Desk(root, "laptop");
        laptop.run("init", laptop.folder().toString());
        laptop.run("set", "today", "title", "\"Groceries\"");
        laptop.run("set", "today", "title", "\"Milk\"", "--message", "better");
    }

    @Test
    void theFileIsADatabaseWithDocumentsChangesAndSearch() throws SQLException {
        Path file = export("out.db");
        assertThat(one(file, "SELECT json ->> '$.title' FROM documents WHERE name = 'today'"))
                .isEqualTo("Milk");
        assertThat(one(file, "SELECT count(*) FROM changes")).isEqualTo("2");
        assertThat(all(file, "SELECT message FROM history WHERE document = 'today'"))
                .containsExactly("", "better");
        assertThat(one(file, "SELECT author FROM changes WHERE no = 1")).isEqualTo("laptop");
        assertThat(one(file, "SELECT name FROM search WHERE search MATCH 'milk'"))
                .isEqualTo("today");
        assertThat(all(file, "SELECT name FROM search WHERE search MATCH 'groceries'"))
                .isEmpty();
        assertThat(one(file, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(all(file, "PRAGMA foreign_key_check")).isEmpty();
    }

    @Test
    void aTypeWhoseShapesAgreeIsATable() throws SQLException {
        laptop.run("set", "notes/a", ".", "{\"title\":\"A\",\"stars\":3,\"done\":true,\"tags\":[\"x\"]}");
        laptop.run("set", "notes/b", ".", "{\"Title\":\"B\",\"title\":null,\"stars\":4,\"_id\":\"mine\"}");
        laptop.run("set", "p1", ".", "{\"type\":\"person\",\"age\":3}");
        laptop.run("set", "p2", ".", "{\"type\":\"person\",\"age\":\"three\"}");
        laptop.run("set", "d", ".", "{\"type\":\"documents\",\"a\\\"b\":1.5}");
        Path file = export("types.db");
        assertThat(one(file, "SELECT stars FROM notes WHERE title = 'A' AND done = 1"))
                .isEqualTo("3");
        assertThat(one(file, "SELECT tags ->> '$[0]' FROM notes WHERE _name = 'notes/a'"))
                .isEqualTo("x");
        assertThat(one(file, "SELECT _id_2 FROM notes WHERE _name = 'notes/b'")).isEqualTo("mine");
        assertThat(one(file, "SELECT table_name FROM types WHERE type = 'person'"))
                .isEqualTo("null");
        assertThat(one(file, "SELECT why_not FROM types WHERE type = 'person'"))
                .contains("'age' is integer in one and text in another");
        assertThat(one(file, "SELECT \"a\"\"b\" FROM documents_2")).isEqualTo("1.5");
        assertThat(one(file, "SELECT documents FROM types WHERE type = 'notes'"))
                .isEqualTo("2");
    }

    @Test
    void blameNamesTheChangeOfEachStretch() throws SQLException {
        laptop.tries(new Desk.Stdin("one two"), "set", "today", "body", "--file", "-");
        laptop.tries(new Desk.Stdin("one and two"), "set", "today", "body", "--file", "-");
        Path file = root.resolve("blame.db");
        laptop.run("export", "--sqlite", file.toString(), "--blame");
        assertThat(all(
                        file,
                        "SELECT content || '|' || c.no FROM blame b JOIN changes c ON c.id = b.change"
                                + " WHERE path = 'body' ORDER BY start"))
                .containsExactly("one |3", "and |4", "two|3");
        assertThat(one(file, "SELECT kinds ->> '$.body' FROM documents")).isEqualTo("text");
    }

    @Test
    void aPastVersionIsExported() throws SQLException {
        Path file = root.resolve("past.db");
        String version = one(export("now.db"), "SELECT id FROM changes WHERE no = 1");
        laptop.run("export", "--sqlite", file.toString(), "--at", version);
        assertThat(one(file, "SELECT json ->> '$.title' FROM documents")).isEqualTo("Groceries");
        assertThat(one(file, "SELECT count(*) FROM changes")).isEqualTo("1");
        assertThat(laptop.tries("export", "--at", "nonsense").status()).isEqualTo(2);
    }

    @Test
    void aSpaceWithoutChangesIsADatabaseWithoutRows() throws SQLException {
        Desk empty = new Desk(root, "empty");
        empty.run("init", ".");
        Path file = root.resolve("empty.db");
        empty.run("export", "--sqlite", file.toString());
        assertThat(one(file, "SELECT count(*) FROM documents")).isEqualTo("0");
        assertThat(empty.run("export", "--json")).contains("\"documents\":{}");
    }

    @Test
    void jsonIsPrinted() {
        assertThat(laptop.run("export", "--json")).contains("\"documents\":{\"today\":{\"title\":\"Milk\"}}");
        assertThat(laptop.run("export", "--sqlite", root.resolve("j.db").toString(), "--json"))
                .contains("\"documents\":1,\"changes\":2");
        assertThat(laptop.tries("export", "--force").status()).isEqualTo(2);
    }

    @Test
    void whatWasWrittenIsCounted() {
        assertThat(laptop.run("export", "--sqlite", root.resolve("all.db").toString()))
                .startsWith("Wrote 1 document and 2 changes: ");
        Desk empty = new Desk(root, "empty");
        empty.run("init", ".");
        assertThat(empty.run("export", "--sqlite", root.resolve("empty.db").toString()))
                .startsWith("Wrote 0 documents and 0 changes: ");
    }

    @Test
    void clearTextStaysOutOfTheFolderAndNothingIsOverwritten() throws IOException {
        Path inside = laptop.folder().resolve("x.db");
        assertThat(laptop.tries("export", "--sqlite", inside.toString(), "--json")
                        .out())
                .contains("inside_folder");
        Path file = export("once.db");
        Desk.Said again = laptop.tries("export", "--sqlite", file.toString());
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).hasLineCount(1).contains("--force");
        assertThat(laptop.tries("export", "--sqlite", file.toString(), "--force")
                        .status())
                .isZero();
        assertThat(laptop.tries("export", "--sqlite", root.resolve("no/dir.db").toString())
                        .status())
                .isEqualTo(3);
        assertThat(laptop.tries("export", "--sqlite", root.toString()).status()).isEqualTo(2);
        assertThat(Files.exists(inside)).isFalse();
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsOnly("laptop", "once.db");
        }
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    private Path export(String name) {
        Path file = root.resolve(name);
        laptop.run("export", "--sqlite", file.toString());
        return file;
    }

    private static String one(Path file, String query) throws SQLException {
        List<String> rows = all(file, query);
        assertThat(rows).as(query).hasSize(1);
        return rows.get(0);
    }

    private static List<String> all(Path file, String query) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
            return found;
        }
    }
}
