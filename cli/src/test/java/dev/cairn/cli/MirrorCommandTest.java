package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private Desk desk;
    private Path vault;

    @BeforeEach
    void aVault() throws IOException {
        desk = new Desk(root, "desk");
        desk.run("init", ".");
        vault = Files.createDirectory(root.resolve("vault"));
        Files.createDirectory(vault.resolve("inner"));
        Files.writeString(vault.resolve("a.md"), "one\ntwo\nthree\n");
        Files.writeString(vault.resolve("inner/b.md"), "b\n");
    }

    private String mirror(String... more) {
        String[] words = new String[2 + more.length];
        words[0] = "mirror";
        words[1] = vault.toString();
        System.arraycopy(more, 0, words, 2, more.length);
        return desk.run(words);
    }

    private JsonNode count(String out, String outcome) throws IOException {
        return JSON.readTree(out).get("counts").get(outcome);
    }

    @Test
    void bothSidesAreEqualAfterwards() throws IOException {
        desk.run("set", "c.md", "text", "\"\"", "--type", "text");
        String first = mirror("--json");
        assertThat(JSON.readTree(first).get("complete").asBoolean()).isTrue();
        assertThat(JSON.readTree(first).get("published").asBoolean()).isTrue();
        assertThat(count(first, "document_made").asInt()).isEqualTo(2);
        assertThat(count(first, "file_made").asInt()).isEqualTo(1);
        assertThat(vault.resolve("c.md")).isEmptyFile();
        assertThat(desk.run("get", "inner/b.md", "text")).isEqualTo("b\n");
        assertThat(mirror()).contains("3 were the same");
    }

    @Test
    void editsOfBothSidesAreMergedAndBlamedOnWhoMadeThem() throws IOException {
        mirror();
        Files.writeString(vault.resolve("a.md"), "ONE\ntwo\nthree\n");
        desk.run("set", "a.md", "text", "\"one\\ntwo\\nTHREE\\n\"");
        assertThat(mirror())
                .contains("merged  a.md")
                .endsWith("Changed 0 documents and 0 files, merged 1; 1 was the same.\n");
        assertThat(vault.resolve("a.md")).hasContent("ONE\ntwo\nTHREE\n");
        assertThat(desk.run("get", "a.md", "text")).isEqualTo("ONE\ntwo\nTHREE\n");
        assertThat(desk.run("log", "a.md")).contains("mirror");
    }

    @Test
    void whatIsDeletedCanBeBroughtBack() throws IOException {
        mirror();
        Files.delete(vault.resolve("a.md"));
        assertThat(mirror()).contains("document removed  a.md");
        assertThat(desk.run("ls")).doesNotContain("a.md");
        desk.run("undo");
        assertThat(mirror()).contains("file made  a.md");
        assertThat(vault.resolve("a.md")).hasContent("one\ntwo\nthree\n");
        desk.run("rm", "a.md");
        assertThat(mirror()).contains("file deleted  a.md");
        assertThat(vault.resolve("a.md")).doesNotExist();
    }

    @Test
    void aTextLargerThanAChangeGoesBothWays() throws IOException {
        String large = "häppchen 😀\n".repeat(200_000);
        Files.writeString(vault.resolve("a.md"), large);
        mirror();
        assertThat(desk.run("get", "a.md", "text")).isEqualTo(large);
        Files.writeString(vault.resolve("a.md"), "before\n" + large + "after " + large);
        assertThat(mirror()).contains("document edited  a.md");
        assertThat(desk.run("get", "a.md", "text")).isEqualTo("before\n" + large + "after " + large);
    }

    @Test
    void aPrefixMirrorsAPartOfTheSpace() throws IOException {
        desk.run("set", "other.md", "text", "\"x\"", "--type", "text");
        desk.run("set", "notes/c.md", "text", "\"c\"", "--type", "text");
        mirror("--prefix", "notes/");
        assertThat(vault.resolve("c.md")).hasContent("c");
        assertThat(vault.resolve("other.md")).doesNotExist();
        assertThat(desk.run("ls")).contains("notes/a.md").doesNotContain("\na.md");
    }

    @Test
    void aDryRunChangesNothing() throws IOException {
        String out = mirror("--dry-run", "--json");
        assertThat(count(out, "document_made").asInt()).isEqualTo(2);
        assertThat(desk.run("ls")).isEmpty();
    }

    @Test
    void whatCannotBeMirroredIsNamedAndIsStatusOne() throws IOException {
        Files.write(vault.resolve("picture.png"), new byte[] {0, 1, 2});
        desk.run("set", "odd.md", "text", "5");
        desk.run("set", "../escape.md", "text", "\"x\"", "--type", "text");
        Files.writeString(vault.resolve("odd.md"), "odd");
        Said said = desk.tries("mirror", vault.toString());
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).contains("left out  picture.png", "left out  odd.md", "left out  ../escape.md");
        assertThat(said.out().lines().filter(line -> line.startsWith("document made")))
                .hasSize(2);
        assertThat(root.resolve("escape.md")).doesNotExist();
    }

    @Test
    void foldersInEachOtherAndMissingOnesAreRefused() throws IOException {
        Said missing = desk.tries("mirror", root.resolve("nowhere").toString(), "--json");
        assertThat(missing.status()).isEqualTo(3);
        assertThat(JSON.readTree(missing.out()).at("/error/code").asText()).isEqualTo("folder_missing");
        for (Path within : new Path[] {desk.folder(), desk.folder().resolve("parts"), root}) {
            Files.createDirectories(within);
            Said said = desk.tries("mirror", within.toString());
            assertThat(said.status()).isEqualTo(2);
            assertThat(said.err()).contains("lie in each other");
        }
        assertThat(desk.tries("mirror").status()).isEqualTo(2);
        assertThat(desk.tries("mirror", vault.toString(), "--watch", "--dry-run")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void twoSpacesOfTwoDevicesMirrorTheSameNotes() throws IOException {
        mirror();
        Desk other = new Desk(root, "other");
        Path far = Files.createDirectory(root.resolve("far"));
        String code = desk.run("invite").lines().findFirst().orElseThrow().strip();
        for (String each : code.split("\\s+", -1)) {
            if (each.length() > 20) {
                code = each;
            }
        }
        carry(desk.folder(), other.folder());
        other.run("join", ".", code);
        other.run("mirror", far.toString());
        assertThat(far.resolve("inner/b.md")).hasContent("b\n");
        Files.writeString(far.resolve("inner/b.md"), "b\nfrom afar\n");
        other.run("mirror", far.toString());
        carry(other.folder(), desk.folder());
        mirror();
        assertThat(vault.resolve("inner/b.md")).hasContent("b\nfrom afar\n");
    }

    private static void carry(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void watchingCarriesWhatChanges() throws Exception {
        CompletableFuture<Said> watch =
                CompletableFuture.supplyAsync(() -> desk.tries("mirror", vault.toString(), "--watch", "--json"));
        awaitLive("document_made");
        Files.writeString(vault.resolve("a.md"), "one\ntwo\nthree\nfour\n");
        awaitLive("\"document_edited\",\"detail\"");
        desk.interruption().raise();
        Said said = watch.get(30, TimeUnit.SECONDS);
        assertThat(said.status()).isZero();
        assertThat(said.out().lines()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(line -> JSON.readTree(line));
        assertThat(desk.run("get", "a.md", "text")).endsWith("four\n");
    }

    private void awaitLive(String text) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!desk.live().contains(text)) {
            assertThat(System.nanoTime()).as(desk.live()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
