package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The types of containers, made and edited from the shell. */
final class TypeCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private Desk laptop;

    @BeforeEach
    void aSpaceOnTheLaptop() {
        laptop = new Desk(root, "laptop");
        laptop.run("init", laptop.folder().toString());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new AssertionError("not JSON: " + text, malformed);
        }
    }

    private String type(String key) {
        return json(laptop.run("ls", "--json")).at("/0/entries/" + key).asText();
    }

    private void fails(int status, String code, String... args) {
        String[] withJson = java.util.Arrays.copyOf(args, args.length + 1);
        withJson[args.length] = "--json";
        Desk.Said said = laptop.tries(withJson);
        assertThat(said.status()).as(said.toString()).isEqualTo(status);
        assertThat(said.err()).startsWith("cairn: ").endsWith("\n").hasLineCount(1);
        assertThat(json(said.out()).at("/error/code").asText()).isEqualTo(code);
    }

    @Test
    void everyTypeIsMadeAndKeptByWhatIsSetLater() {
        for (List<String> each : List.of(
                List.of("map", "{\"a\":1}", "{\"b\":2}"),
                List.of("list", "[1,2]", "[2]"),
                List.of("movable", "[1,2,3]", "[3,1]"),
                List.of("text", "\"one\"", "\"two\""),
                List.of("counter", "3", "5"),
                List.of("register", "\"x\"", "[1]"))) {
            String type = each.get(0);
            laptop.run("set", "types", type, "--type", type);
            assertThat(type(type)).isEqualTo(type);
            laptop.run("set", "types", type, "--type", type, each.get(1));
            assertThat(json(laptop.run("get", "types", type, "--json"))).isEqualTo(json(each.get(1)));
            laptop.run("set", "types", type, each.get(2));
            assertThat(json(laptop.run("get", "types", type, "--json"))).isEqualTo(json(each.get(2)));
            assertThat(type(type)).isEqualTo(type);
        }
    }

    @Test
    void aTypeTakesThePlaceOfAnother() {
        laptop.run("set", "types", "a", "[1]");
        laptop.run("set", "types", "a", "--type", "movable", "[2]");
        assertThat(type("a")).isEqualTo("movable");
        assertThat(json(laptop.run("get", "types", "a", "--json"))).isEqualTo(json("[2]"));
        laptop.run("set", "types", "a.0", "{\"deep\":[]}");
        laptop.run("set", "types", "a.0.deep", "--type", "text", "\"in a list\"");
        laptop.run("set", "types", "a.0.deep", "--type", "text");
        assertThat(laptop.run("get", "types", "a.0.deep")).isEqualTo("in a list");
    }

    @Test
    void elementsAreMoved() {
        laptop.run("set", "board", "todo", "--type", "movable", "[\"a\",\"b\",\"c\",\"d\"]");
        laptop.run("move", "board", "todo", "3", "0");
        laptop.run("move", "board", "todo", "1", "2");
        assertThat(json(laptop.run("get", "board", "todo", "--json"))).isEqualTo(json("[\"d\",\"b\",\"a\",\"c\"]"));
        laptop.run("set", "board", "todo.-", "\"e\"");
        laptop.run("set", "board", "todo.0", "{\"title\":\"first\"}");
        laptop.run("rm", "board", "todo.1");
        assertThat(json(laptop.run("get", "board", "todo", "--json")))
                .isEqualTo(json("[{\"title\":\"first\"},\"a\",\"c\",\"e\"]"));
        fails(1, "not_found", "move", "board", "todo", "0", "4");
        fails(1, "not_found", "move", "board", "todo", "-1", "0");
        fails(1, "not_found", "move", "board", "done", "0", "0");
        fails(2, "usage", "move", "board", "todo", "first", "0");
        fails(2, "usage", "move", "board", "todo", "0");
        laptop.run("set", "board", "plain", "[1,2]");
        fails(1, "wrong_type", "move", "board", "plain", "0", "1");
        fails(1, "wrong_type", "move", "board", ".", "0", "1");
    }

    @Test
    void nodesOfATreeAreAddedMovedAndRemoved() {
        String work = laptop.run("tree", "plan", "outline", "add", "{\"name\":\"work\"}")
                .strip();
        String home = laptop.run("tree", "plan", "outline", "add", "{\"name\":\"home\"}")
                .strip();
        String trip = json(laptop.run(
                        "tree", "plan", "outline", "add", "{\"name\":\"trip\"}", "--under", work, "--json"))
                .at("/node")
                .asText();
        assertThat(type("outline")).isEqualTo("tree");
        assertThat(laptop.run("tree", "plan", "outline")
                        .lines()
                        .map(line -> line.replaceAll("[0-9a-f]{4,}-[0-9]+-[0-9]+", "*")))
                .containsExactly("*  {\"name\":\"work\"}", "  *  {\"name\":\"trip\"}", "*  {\"name\":\"home\"}");
        laptop.run("tree", "plan", "outline", "move", work, "--under", home);
        laptop.run("set", "plan", "outline." + trip + ".days", "3");
        assertThat(json(laptop.run("tree", "plan", "outline", "--json"))
                        .at("/0/children/0/children/0/data/days")
                        .asInt())
                .isEqualTo(3);
        fails(1, "not_movable", "tree", "plan", "outline", "move", home, "--under", trip);
        laptop.run("tree", "plan", "outline", "move", trip, "--index", "0");
        assertThat(laptop.run("tree", "plan", "outline")).contains("trip").startsWith(trip.substring(0, 4));
        assertThat(json(laptop.run("get", "plan", "outline", "--json"))).hasSize(2);
        laptop.run("tree", "plan", "outline", "rm", home);
        assertThat(json(laptop.run("get", "plan", "outline", "--json"))).hasSize(1);
        fails(1, "not_found", "tree", "plan", "outline", "rm", home);
        fails(1, "not_found", "tree", "plan", "outline", "rm", "abcd");
        fails(1, "not_found", "tree", "plan", "outline", "move", trip, "--index", "7");
        fails(1, "not_found", "tree", "plan", "nothing");
        fails(2, "usage", "tree", "plan", "outline", "move");
        fails(2, "usage", "tree", "plan", "outline", "add", "[]");
        fails(2, "usage", "tree", "plan", "outline", "cut", trip);
        laptop.run("set", "plan", "list", "[]");
        fails(1, "wrong_type", "tree", "plan", "list", "add");
    }

    @Test
    void stretchesOfATextAreMarked() {
        laptop.run("set", "rich", "body", "--type", "text", "\"the quick fox\"");
        laptop.run("mark", "rich", "body", "0", "9", "bold");
        laptop.run("mark", "rich", "body", "4", "13", "link", "\"https://example.org\"", "--expand", "none");
        laptop.run("set", "rich", "body", "\"the quick fox ran\"");
        assertThat(laptop.run("mark", "rich", "body").lines())
                .containsExactly("0-9  bold  true  the quick", "4-13  link  \"https://example.org\"  quick fox");
        laptop.run("mark", "rich", "body", "0", "4", "bold", "null");
        JsonNode marks = json(laptop.run("mark", "rich", "body", "--json"));
        assertThat(marks).hasSize(2);
        assertThat(marks.at("/0/start").asInt()).isEqualTo(4);
        assertThat(laptop.run("get", "rich", "body")).isEqualTo("the quick fox ran");
        fails(1, "not_found", "mark", "rich", "body", "0", "99", "bold");
        fails(1, "not_found", "mark", "rich", "body", "3", "3", "bold");
        fails(1, "not_found", "mark", "rich", "title");
        fails(2, "usage", "mark", "rich", "body", "0", "3");
        fails(2, "usage", "mark", "rich", "body", "0", "3", "bold", "[]");
        fails(2, "usage", "mark", "rich", "body", "0", "3", "");
        laptop.run("set", "rich", "list", "[]");
        fails(1, "wrong_type", "mark", "rich", "list");
    }

    @Test
    void wordsThatDoNotFitAreUsageErrors() {
        fails(2, "usage", "set", "types", "a", "--type", "queue");
        fails(2, "usage", "set", "types", "a", "--type", "map", "[]");
        fails(2, "usage", "set", "types", "a", "--type", "movable", "{}");
        fails(2, "usage", "set", "types", "a", "--type", "text", "1");
        fails(2, "usage", "set", "types", "a", "--type", "counter", "1.5");
        fails(2, "usage", "set", "types", "a", "--type", "counter", "--add", "1");
        fails(2, "usage", "set", "types", ".", "--type", "text");
        assertThat(laptop.run("ls")).isEmpty();
    }
}
