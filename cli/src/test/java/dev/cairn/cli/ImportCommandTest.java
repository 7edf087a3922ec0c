package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private Desk desk;
    private Path vault;

    @BeforeEach
    void anEmptySpaceAndAVault() throws IOException {
        desk = new Desk(root, "desk");
        desk.run("init", ".");
        vault = Files.createDirectory(root.resolve("vault"));
        Files.createDirectory(vault.resolve("inner"));
        Files.writeString(vault.resolve("a.md"), "# A\n\nsome *text*\n");
        Files.writeString(vault.resolve("inner/b.txt"), "\uFEFFb");
        Files.writeString(vault.resolve("inner/u\u0308ber.md"), "");
        Files.writeString(vault.resolve("card.json"), "{\"stars\":3,\"tags\":[\"x\",{\"y\":null}]}");
    }

    private JsonNode json(Desk.Said said) throws IOException {
        return JSON.readTree(said.out());
    }

    @Test
    void filesBecomeDocumentsOfTheirPaths() throws IOException {
        JsonNode made = json(desk.tries("import", vault.toString(), "--json"));
        assertThat(made.get("created").asInt()).isEqualTo(4);
        assertThat(made.get("published").asBoolean()).isTrue();
        assertThat(desk.run("ls").lines()).hasSize(4);
        assertThat(desk.run("get", "a.md", "text")).isEqualTo("# A\n\nsome *text*\n");
        assertThat(desk.run("get", "inner/b.txt", "text").strip()).isEqualTo("b");
        assertThat(desk.run("get", "inner/\u00fcber.md", "text").strip()).isEmpty();
        assertThat(desk.run("get", "card", "--json")).contains("{\"y\":null}");
        assertThat(desk.run("log", "a.md")).contains("import");
        JsonNode again = json(desk.tries("import", vault.toString(), "--json"));
        assertThat(again.get("unchanged").asInt()).isEqualTo(4);
        assertThat(again.get("created").asInt()).isZero();
    }

    @Test
    void whatIsThereIsOnlyEditedWhenAsked() throws IOException {
        desk.run("import", vault.toString());
        Files.writeString(vault.resolve("a.md"), "# A\n\nmore *text*\n");
        Files.writeString(vault.resolve("card.json"), "{\"stars\":4}");
        Desk.Said said = desk.tries("import", vault.toString());
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).contains("left: a.md is there", "left: card is there", "2 as they were");
        assertThat(desk.run("get", "a.md", "text")).contains("some");
        JsonNode plan = json(desk.tries("import", vault.toString(), "--update", "--dry-run", "--json"));
        assertThat(plan.get("updated").asInt()).isEqualTo(2);
        assertThat(desk.run("get", "a.md", "text")).contains("some");
        assertThat(desk.run("import", vault.toString(), "--update")).contains("edited 2");
        assertThat(desk.run("get", "a.md", "text")).contains("more *text*");
        assertThat(desk.run("get", "card", "--json").strip()).endsWith("{\"stars\":4}");
        assertThat(desk.run("blame", "a.md", "text").lines()).hasSizeGreaterThan(2);
        assertThat(desk.run("import", vault.toString(), "--prefix", "copy/")).contains("Made 4");
    }

    @Test
    void whatIsNoDocumentIsNamedAndHarmsNothingElse() throws IOException {
        Files.write(vault.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 0, 1});
        Files.writeString(vault.resolve("broken.json"), "{\"a\":");
        Files.writeString(vault.resolve("list.json"), "[1,2]");
        Files.writeString(vault.resolve("empty-key.json"), "{\"\":1}");
        Files.writeString(vault.resolve("huge.json"), "{\"n\":123456789012345678901234567890}");
        Files.createDirectory(vault.resolve(".git"));
        Files.writeString(vault.resolve(".git/config"), "x");
        Desk.Said said = desk.tries("import", vault.toString(), "--json");
        assertThat(said.status()).isEqualTo(1);
        JsonNode result = json(said);
        assertThat(result.get("created").asInt()).isEqualTo(4);
        assertThat(result.get("leftOut").findValuesAsText("name"))
                .containsExactlyInAnyOrder("picture.png", "broken", "list", "empty-key", "huge");
        assertThat(desk.run("ls").lines()).hasSize(4);
        assertThat(desk.tries("import", root.resolve("none").toString()).status())
                .isEqualTo(3);
        assertThat(desk.tries("import").status()).isEqualTo(2);
    }

    @Test
    void whatOnlyALeaderWritesIsLeftOutAndHarmsNothingElse() throws IOException {
        Path rates = Files.createDirectories(vault.resolve("cairn/leader-only")).resolve("rates.json");
        Files.writeString(rates, "{\"0.1.caireeyuculbogazdinryhi6d4\":{\"1 put eur\":1,\"writes\":1}}");
        Files.writeString(vault.resolve("cairn/leader-only/x.txt"), "hello");
        Files.writeString(vault.resolve("zoo.txt"), "an ordinary one");
        for (boolean dry : new boolean[] {true, false}) {
            Desk.Said said = dry
                    ? desk.tries("import", vault.toString(), "--dry-run", "--update")
                    : desk.tries("import", vault.toString());
            assertThat(said.status()).as(said.toString()).isEqualTo(1);
            assertThat(said.out().lines().filter(line -> line.startsWith("left out: cairn/leader-only/")))
                    .hasSize(2)
                    .allMatch(line -> line.contains("cairn leader-only set"));
        }
        assertThat(desk.run("get", "zoo.txt", "text")).contains("an ordinary one");
        assertThat(desk.run("leader-only")).isEqualTo("no leader-only collections\n");
        desk.run("import", vault.resolve("cairn").toString(), "--prefix", "once/");
    }

    @Test
    void aLongTextBecomesSeveralChanges() throws IOException {
        String text = "\uD83D\uDE00line of a book\n".repeat(60_000);
        Files.writeString(vault.resolve("book.txt"), text);
        desk.run("import", vault.resolve("book.txt").toString());
        assertThat(desk.run("get", "book.txt", "text")).isEqualTo(text);
        assertThat(desk.run("log", "book.txt").lines()).hasSizeGreaterThan(2);
    }

    @Test
    void anExportBecomesTheDocumentsItWasMadeOf() throws IOException {
        desk.tries(new Desk.Stdin("hello"), "set", "all", "body", "--file", "-");
        desk.run("set", "all", "count", "--add", "5");
        desk.run("set", "all", "cards", "[{\"t\":1},{\"t\":2}]", "--type", "movable");
        desk.run("set", "all", "choice", "\"a\"", "--type", "register");
        desk.run("set", "all", "plain.deep", "[1.5,true,null,\"s\"]");
        desk.run("set", "all", "outline", "--type", "tree");
        desk.run("tree", "all", "outline", "add");
        Path database = root.resolve("all.db");
        desk.run("export", "--sqlite", database.toString());
        Path file = Files.writeString(root.resolve("all.json"), desk.run("export", "--json"));
        for (Path export : new Path[] {database, file}) {
            Desk other = new Desk(root, "other-" + export.getFileName());
            other.run("init", ".");
            assertThat(json(other.tries("import", export.toString(), "--json"))
                            .get("created")
                            .asInt())
                    .isEqualTo(1);
            assertThat(JSON.readTree(other.run("export", "--json"))
                            .at("/kinds/all")
                            .toString())
                    .contains("\"body\":\"text\"", "\"count\":\"counter\"", "\"cards\":\"movable\"")
                    .contains("\"choice\":\"register:\"", "\"outline\":\"tree\"");
            other.run("set", "all", "count", "--add", "2");
            assertThat(other.run("get", "all", "count").strip()).isEqualTo("7");
            assertThat(other.tries("import", export.toString()).out()).contains("all is there");
            other.run("undo");
            assertThat(other.run("import", export.toString())).contains("1 as it was");
        }
    }

    @Test
    void aDocumentLargerThanAnyChangeComesBackWhole() throws IOException {
        String text = "\uD83D\uDE00line of a book\n".repeat(70_000);
        desk.tries(new Desk.Stdin(text), "set", "large", "inner.body", "--file", "-");
        StringBuilder rows = new StringBuilder("{\"large\":{\"rows\":[");
        for (int i = 0; i < 40_000; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"number\":").append(i).append(",\"name\":\"row\"}");
        }
        Path file = Files.writeString(vault.resolve("rows.json"), rows.append("]}}"));
        desk.run("import", file.toString());
        Path export = Files.writeString(root.resolve("large.json"), desk.run("export", "--json"));
        Desk other = new Desk(root, "other");
        other.run("init", ".");
        other.run("import", export.toString());
        assertThat(other.run("get", "large", "inner.body")).isEqualTo(text);
        assertThat(other.run("get", "rows", "--json")).isEqualTo(desk.run("get", "rows", "--json"));
        assertThat(other.run("import", export.toString())).contains("2 as they were");
        assertThat(other.run("log", "rows").lines()).hasSizeGreaterThan(2);
    }

    /** A difference of several mebibytes in texts, objects, lists and strings, and one that ends in nonsense. */
    @Test
    void anEditLargerThanAnyChangeIsMadeOfSeveralOrNotAtAll() throws IOException {
        Path card = vault.resolve("card.json");
        desk.run("import", card.toString());
        desk.run("set", "card", "body", "--type", "text");
        ObjectNode large = JSON.createObjectNode();
        large.put("body", "\uD83D\uDE00line of a book\n".repeat(40_000));
        ObjectNode map = large.putObject("map");
        ArrayNode list = large.putArray("tags").add("x");
        for (int i = 0; i < 12_000; i++) {
            map.put("key" + i, "a value of some length, as values are");
            list.addObject().put("number", i).putArray("row").add("a value of some length");
        }
        large.put("first", "s".repeat(300_000)).put("second", "t".repeat(300_000));
        Files.writeString(card, large.toString());
        assertThat(desk.run("import", card.toString(), "--update")).contains("edited 1");
        assertThat(JSON.readTree(desk.run("get", "card", "--json")).equals(large))
                .isTrue();
        assertThat(desk.run("log", "card").lines()).hasSizeGreaterThan(4);
        assertThat(desk.run("import", card.toString(), "--update")).contains("1 as it was");

        Files.writeString(
                card,
                large.deepCopy()
                        .put("body", "")
                        .put("huge", new BigInteger("9".repeat(30)))
                        .toString());
        Desk.Said said = desk.tries("import", card.toString(), "--update");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out() + said.err()).contains("number too large");
        assertThat(JSON.readTree(desk.run("get", "card", "--json")).equals(large))
                .isTrue();
    }

    @Test
    void whatIsLeftOutIsNotLeftHalfMade() throws IOException {
        String body = "x".repeat(2 << 20);
        Path export = Files.writeString(
                root.resolve("crafted.json"),
                "{\"version\":\"empty\",\"documents\":{\"a\":{\"body\":\"" + body
                        + "\",\"count\":\"none\"},\"b\":{\"n\":1}},"
                        + "\"kinds\":{\"a\":{\"body\":\"text\",\"count\":\"counter\"}}}");
        Desk.Said said = desk.tries("import", export.toString());
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out() + said.err()).contains("what is at count does not fit its kind");
        assertThat(desk.run("ls")).isEqualTo("b\n");
    }

    @Test
    void aDatabaseOfSomethingElseIsRefused() {
        Path store = root.resolve("desk/state/local.db");
        Desk.Said said = desk.tries("import", store.toString(), "--json");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).contains("not_an_export");
        assertThat(said.err()).hasLineCount(1);
    }
}
