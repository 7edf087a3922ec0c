package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MergeCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private Desk laptop;

    @BeforeEach
    void aDesk() {
        laptop = new Desk(root, "laptop");
    }

    @Test
    void threeFilesAreMergedOnStandardOutput() throws IOException {
        Desk.Said said =
                laptop.tries("merge", file("b", "1\n2\n3\n"), file("m", "1x\n2\n3\n"), file("t", "1\n2\n3y\n"));
        assertThat(said.status()).isZero();
        assertThat(said.out()).isEqualTo("1x\n2\n3y\n");
        assertThat(Files.readString(root.resolve("m"))).isEqualTo("1x\n2\n3\n");
    }

    @Test
    void aClashIsMarkedAndSaidByTheStatus() throws IOException {
        Desk.Said said = laptop.tries("merge", file("b", "1\n"), file("m", "2\n"), file("t", "3\n"));
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).startsWith("<<<<<<< ").contains("2\n", "3\n");
        Desk.Said json = laptop.tries("merge", "--json", path("b"), path("m"), path("t"));
        assertThat(json.status()).isEqualTo(1);
        assertThat(json(json.out()).get("conflicts").asInt()).isEqualTo(1);
    }

    @Test
    void theResultMayReplaceMine() throws IOException {
        Desk.Said said = laptop.tries(
                "merge", file("b", "1\n2\n"), file("m", "1\n2\n3\n"), file("t", "0\n2\n"), "-o", path("m"));
        assertThat(said.status()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(Files.readString(root.resolve("m"))).isEqualTo("0\n2\n3\n");
    }

    @Test
    void faultsAreOneLine() throws IOException {
        fails(2, "usage", "merge");
        fails(2, "usage", "merge", "a", "b");
        fails(2, "usage", "merge", "--delete", "a", "b", "c");
        fails(3, "io", "merge", path("none"), path("none"), path("none"));
        fails(3, "folder_missing", "merge", "--conflicts", path("none"));
        Files.write(root.resolve("x"), new byte[] {0, 1});
        Files.write(root.resolve("y"), new byte[] {0, 2});
        fails(1, "not_text", "merge", file("b", ""), path("x"), path("y"));
    }

    @Test
    void conflictCopiesAreRecovered() throws IOException {
        Path vault = Files.createDirectory(root.resolve("vault"));
        Files.writeString(vault.resolve("n.md"), "a\n");
        Files.writeString(vault.resolve("n.sync-conflict-20260101-120000-ABCDEFG.md"), "a\nb\n");
        Desk.Said dry = laptop.tries("merge", "--conflicts", vault.toString(), "--dry-run");
        assertThat(dry.status()).isZero();
        assertThat(dry.out()).contains("would be merged");
        assertThat(Files.readString(vault.resolve("n.md"))).isEqualTo("a\n");
        JsonNode done = json(
                laptop.tries("merge", "--conflicts", vault.toString(), "--json").out());
        assertThat(done.at("/counts/merged").asInt()).isEqualTo(1);
        assertThat(done.at("/copies/0/tool").asText()).isEqualTo("syncthing");
        assertThat(Files.readString(vault.resolve("n.md"))).isEqualTo("a\nb\n");
        Files.writeString(vault.resolve("c.md"), "mine\n");
        Files.writeString(vault.resolve("c (conflicted).md"), "theirs\n");
        assertThat(laptop.tries("merge", "--conflicts", vault.toString()).status())
                .isEqualTo(1);
    }

    @Test
    void theSpaceKnowsTheBase() throws IOException {
        laptop.run("init", laptop.folder().toString());
        laptop.run("set", "n.md", "text", "--type", "text", "\"one\\ntwo\\n\"");
        Path vault = Files.createDirectory(root.resolve("vault"));
        Files.writeString(vault.resolve("n.md"), "ONE\ntwo\n");
        Files.writeString(vault.resolve("n (conflicted).md"), "one\nTWO\n");
        Desk.Said said = laptop.tries(
                "merge",
                "--conflicts",
                vault.toString(),
                "--space",
                laptop.folder().toString());
        assertThat(said.status()).as(said.toString()).isZero();
        assertThat(Files.readString(vault.resolve("n.md"))).isEqualTo("ONE\nTWO\n");
    }

    private void fails(int status, String code, String... args) {
        Desk.Said said = laptop.tries(args);
        assertThat(said.status()).as(said.toString()).isEqualTo(status);
        assertThat(said.err()).startsWith("cairn: ").hasLineCount(1);
        String[] withJson = java.util.Arrays.copyOf(args, args.length + 1);
        withJson[args.length] = "--json";
        assertThat(json(laptop.tries(withJson).out()).at("/error/code").asText())
                .isEqualTo(code);
    }

    private String file(String name, String text) throws IOException {
        Files.writeString(root.resolve(name), text);
        return path(name);
    }

    private String path(String name) {
        return root.resolve(name).toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new AssertionError("not JSON: " + text, malformed);
        }
    }
}
