package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.simulation.SimulatedSync;
import dev.cairn.simulation.profile.SyncProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private Desk laptop;

    @BeforeEach
    void aSpaceOnTheLaptop() {
        laptop = new Desk(root, "laptop");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new AssertionError("not JSON: " + text, malformed);
        }
    }

    /** One line on standard error, and with --json the same as an object. */
    private void fails(int status, String code, String... args) {
        Desk.Said said = laptop.tries(args);
        assertThat(said.status()).as(said.toString()).isEqualTo(status);
        assertThat(said.err()).startsWith("cairn: ").endsWith("\n").hasLineCount(1);
        List<String> withJson = new ArrayList<>(List.of(args));
        withJson.add("--json");
        Desk.Said object = laptop.tries(withJson.toArray(String[]::new));
        assertThat(object.status()).isEqualTo(status);
        assertThat(json(object.out()).at("/error/code").asText()).isEqualTo(code);
        assertThat(json(object.out()).at("/error/message").asText()).isNotBlank();
    }

    @Nested
    class WithoutASpace {
        @Test
        void everyCommandSaysThatThereIsNone() {
            for (String[] args : List.of(
                    new String[] {"ls"},
                    new String[] {"get", "today"},
                    new String[] {"set", "today", "a", "1"},
                    new String[] {"edit", "today", "a"},
                    new String[] {"rm", "today"},
                    new String[] {"log"},
                    new String[] {"status"},
                    new String[] {"devices"},
                    new String[] {"invite"},
                    new String[] {"watch"})) {
                fails(3, "not_a_space", args);
            }
        }

        @Test
        void aFolderThatIsNotThereIsNamed() {
            fails(3, "folder_missing", "ls", "--space", root.resolve("nowhere").toString());
            fails(3, "folder_missing", "init", root.resolve("no/where").toString());
        }

        @Test
        void initMakesTheLastDirectory() {
            Path made = root.resolve("Sync");
            laptop.run("init", made.toString());
            assertThat(made.resolve("cairn-space.json")).isRegularFile();
        }

        @Test
        void theStateMayNotLieInTheFolder() {
            laptop.with("CAIRN_STATE", laptop.folder().resolve("state").toString());
            fails(3, "state_inside_folder", "init", laptop.folder().toString());
        }
    }

    @Nested
    class OnOneDevice {
        @BeforeEach
        void init() {
            laptop.run("init", laptop.folder().toString());
        }

        @Test
        void initTwiceIsRefused() {
            fails(1, "already_a_space", "init", laptop.folder().toString());
        }

        @Test
        void aForeignDeviceHasNoIdentity() {
            laptop.with("CAIRN_STATE", root.resolve("other-state").toString());
            fails(3, "no_identity", "ls");
        }

        @Test
        void everyJsonValueComesBackAsItWasSet() {
            for (String value : List.of(
                    "3",
                    "-9223372036854775808",
                    "1.5",
                    "true",
                    "null",
                    "\"text\"",
                    "\"\"",
                    "[]",
                    "{}",
                    "[1,[2,{\"a\":null}],\"x\"]",
                    "{\"a\":{\"b\":[{\"c\":1}]},\"d.e\":false}")) {
                laptop.run("set", "today", "value", value);
                assertThat(json(laptop.run("get", "today", "value", "--json")))
                        .as(value)
                        .isEqualTo(json(value));
            }
        }

        @Test
        void pathsReachIntoMapsAndLists() {
            laptop.run("set", "today", "items", "[{\"name\":\"milk\"},{\"name\":\"eggs\"}]");
            laptop.run("set", "today", "items.1.name", "\"bread\"");
            laptop.run("set", "today", "items.-", "{\"name\":\"salt\"}");
            laptop.run("set", "today", "deep.er.still", "1");
            assertThat(laptop.run("get", "today", "items.1.name")).isEqualTo("bread\n");
            assertThat(json(laptop.run("get", "today", "--json")))
                    .isEqualTo(json("{\"deep\":{\"er\":{\"still\":1}},"
                            + "\"items\":[{\"name\":\"milk\"},{\"name\":\"bread\"},{\"name\":\"salt\"}]}"));
            laptop.run("rm", "today", "items.0");
            assertThat(laptop.run("get", "today", "items.0.name")).isEqualTo("bread\n");
            assertThat(laptop.run("get", "today", "deep/er/still")).isEqualTo("1\n");
        }

        @Test
        void aTextKeepsItsBytesAndItsType() throws IOException {
            Path file = root.resolve("body.txt");
            Files.writeString(file, "Grüße\n\n  two\t\uD83C\uDFD4 no newline at the end");
            laptop.run("set", "today", "body", "--file", file.toString());
            assertThat(laptop.run("get", "today", "body")).isEqualTo(Files.readString(file));
            laptop.run("set", "today", "body", "\"short\"");
            assertThat(json(laptop.run("ls", "--json")).at("/0/entries/body").asText())
                    .isEqualTo("text");
            assertThat(laptop.run("get", "today", "body")).isEqualTo("short");
            Desk.Said said = laptop.tries(new Desk.Stdin("from a pipe\n"), "set", "today", "body", "--file", "-");
            assertThat(said.status()).isZero();
            assertThat(laptop.run("get", "today", "body")).isEqualTo("from a pipe\n");
        }

        @Test
        void aCounterIsAddedTo() {
            laptop.run("set", "today", "opened", "--add", "3");
            laptop.run("set", "today", "opened", "--add", "-1");
            assertThat(laptop.run("get", "today", "opened")).isEqualTo("2\n");
            laptop.run("set", "today", "opened", "10");
            assertThat(json(laptop.run("ls", "--json")).at("/0/entries/opened").asText())
                    .isEqualTo("counter");
            assertThat(laptop.run("get", "today", "opened")).isEqualTo("10\n");
        }

        @Test
        void aWholeDocumentIsSetAndRemoved() {
            laptop.run("set", "today", ".", "{\"a\":1,\"b\":[2]}");
            laptop.run("set", "tomorrow", ".", "{\"a\":1}");
            laptop.run("set", "today", ".", "{\"b\":[2,3]}");
            assertThat(json(laptop.run("get", "today", "--json"))).isEqualTo(json("{\"b\":[2,3]}"));
            assertThat(laptop.run("ls")).isEqualTo("today\ntomorrow\n");
            laptop.run("rm", "today");
            assertThat(laptop.run("ls")).isEqualTo("tomorrow\n");
            fails(1, "not_found", "get", "today");
        }

        @Test
        void whatIsNotThereIsSaidWithStatusOne() {
            laptop.run("set", "today", "a", "[1]");
            fails(1, "not_found", "get", "yesterday");
            fails(1, "not_found", "get", "today", "b");
            fails(1, "not_found", "get", "today", "a.1");
            fails(1, "not_found", "rm", "today", "b");
            fails(1, "not_found", "rm", "yesterday");
            fails(1, "not_found", "set", "today", "a.5", "1");
            fails(1, "wrong_type", "set", "today", "a.0.b", "1");
            fails(1, "wrong_type", "edit", "today", "a");
        }

        @Test
        void wordsThatMakeNoSenseAreUsageErrors() {
            fails(2, "usage", "set", "today", "a", "unquoted words");
            fails(2, "usage", "set", "today", "a", "1 2");
            fails(2, "usage", "set", "today", "a", "{\"k\":1,\"k\":2}");
            fails(2, "usage", "set", "today", "a", "99999999999999999999");
            fails(2, "usage", "set", "today", "a", "1e400");
            fails(2, "usage", "set", "today", "a", "[".repeat(80) + "]".repeat(80));
            fails(2, "usage", "set", "today", "a", "1e400");
            fails(2, "usage", "set", "today", "a", "\"\\ud800\"");
            fails(2, "usage", "set", "today", "a", "[".repeat(500) + "]".repeat(500));
            fails(2, "usage", "set", "today", ".", "{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}");
            fails(2, "usage", "set", "today", ".", "{\"" + "k".repeat(1025) + "\":1}");
            fails(2, "usage", "set", "today", "k".repeat(1025), "1");
            fails(2, "usage", "set", "today", "a");
            fails(2, "usage", "set", "today", "a", "1", "--add", "1");
            fails(2, "usage", "set", "today", ".", "1");
            fails(2, "usage", "set", "today", "a..b", "1");
            fails(2, "usage", "get");
            fails(2, "usage", "get", "x".repeat(1025));
            fails(2, "usage", "get", "");
            fails(2, "usage", "ls", "--levitate");
            fails(2, "usage", "invite", "--role", "king");
            fails(2, "usage", "demo", "--devices", "1");
            fails(
                    3,
                    "io",
                    "set",
                    "today",
                    "a",
                    "--file",
                    root.resolve("missing").toString());
            Desk.Said hint = laptop.tries("set", "today", "title", "Groceries");
            assertThat(hint.err()).contains("'\"Groceries\"'");
        }

        @Test
        void theLogTellsTheChangesNewestFirst() {
            laptop.run("set", "today", "a", "1", "--message", "the first");
            laptop.run("set", "tomorrow", "b", "2");
            List<String> all = laptop.run("log", "--json").lines().toList();
            assertThat(all).hasSize(2);
            assertThat(json(all.get(0)).at("/documents/0").asText()).isEqualTo("tomorrow");
            assertThat(json(all.get(1)).at("/message").asText()).isEqualTo("the first");
            assertThat(json(all.get(1)).at("/deviceName").asText()).isEqualTo("laptop");
            assertThat(laptop.run("log", "today").lines())
                    .singleElement()
                    .asString()
                    .contains("the first", "laptop");
            assertThat(laptop.run("log", "-n", "1").lines()).hasSize(1);
        }

        @Test
        void aCommandFindsTheSpaceFromInside() throws IOException {
            laptop.run("set", "today", "a", "1");
            Path inside = Files.createDirectories(laptop.folder().resolve("sub/sub"));
            assertThat(laptop.run(
                            "get",
                            "today",
                            "a",
                            "--space",
                            inside.resolve("../..").toString()))
                    .isEqualTo("1\n");
            laptop.with("CAIRN_SPACE", laptop.folder().toString());
            assertThat(laptop.run("get", "today", "a")).isEqualTo("1\n");
        }

        @Test
        void everyFileOfTheFolderCanBeInspected() throws IOException {
            laptop.run("set", "secretdocument", "secretkey", "\"secretvalue\"");
            int ours = 0;
            for (Path file : files(laptop.folder())) {
                if (file.toString().endsWith(".cairn")) {
                    ours++;
                    JsonNode dump = json(laptop.run("inspect", file.toString(), "--json"));
                    assertThat(dump.at("/outcome").asText()).isEqualTo("verified");
                    assertThat(dump.at("/size").asLong()).isEqualTo(Files.size(file));
                    assertThat(dump.toString()).contains("\"layer\":\"records\"");
                    JsonNode closed = json(new Desk(root, "stranger").run("inspect", file.toString(), "--json"));
                    assertThat(closed.at("/outcome").asText()).isEqualTo("verified");
                    assertThat(closed.toString()).doesNotContain("\"layer\":\"records\"");
                }
            }
            assertThat(ours).isPositive();
            JsonNode marker = json(laptop.run(
                    "inspect", laptop.folder().resolve("cairn-space.json").toString(), "--json"));
            assertThat(marker.at("/outcome").asText()).isEqualTo("verified");
            assertThat(marker.at("/fields/2/meaning").asText())
                    .isEqualTo(json(laptop.run("status", "--json")).at("/space").asText());
            Path foreign = Files.writeString(laptop.folder().resolve("notes.txt"), "mine");
            assertThat(laptop.tries("inspect", foreign.toString()).status()).isEqualTo(1);
            fails(3, "io", "inspect", root.resolve("missing").toString());
        }

        @Test
        void theFolderShowsNoNameAndNoValue() throws IOException {
            laptop.run("set", "secretdocument", "secretkey", "\"secretvalue\"", "--message", "secretmessage");
            for (Path file : files(laptop.folder())) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes).as(file.toString()).doesNotContain("secret").doesNotContain("laptop");
            }
        }

        @Test
        void statusNamesWhatKeepsChangesFromBeingPublished() throws IOException {
            for (int slot = 0; slot < 2; slot++) {
                Path head = head(slot);
                Files.deleteIfExists(head);
                Files.createDirectories(head.resolve("in-the-way"));
            }
            Desk.Said saved = laptop.tries("set", "waiting", "a", "1");
            assertThat(saved.status()).isZero();
            assertThat(saved.err()).startsWith("cairn: saved, not published yet: devices/");
            assertThat(laptop.run("status")).contains("\noutbox   not published yet: 1 change: devices/");
            JsonNode outbox = json(laptop.run("status", "--json")).get("outbox");
            assertThat(outbox.get("changes").asInt()).isEqualTo(1);
            assertThat(outbox.get("problem").asText()).contains("/head-").contains(": check ");
            for (int slot = 0; slot < 2; slot++) {
                Files.delete(head(slot).resolve("in-the-way"));
                Files.delete(head(slot));
            }
            assertThat(laptop.run("status")).contains("\noutbox   empty\n");
            assertThat(json(laptop.run("status", "--json"))
                            .at("/outbox/problem")
                            .isNull())
                    .isTrue();
        }

        private Path head(int slot) throws IOException {
            try (Stream<Path> writers = Files.list(laptop.folder().resolve("devices"))) {
                return writers.findFirst().orElseThrow().resolve("head-" + slot + ".cairn");
            }
        }

        @Test
        void statusIsWholeInBothForms() {
            laptop.run("set", "today", "a", "1");
            JsonNode status = json(laptop.run("status", "--json"));
            assertThat(status.at("/folderState").asText()).isEqualTo("attached");
            assertThat(status.at("/documents").asInt()).isEqualTo(1);
            assertThat(status.at("/outbox/changes").asInt()).isZero();
            assertThat(status.at("/devices/0/name").asText()).isEqualTo("laptop");
            assertThat(status.at("/stateHash").asText()).matches("[0-9a-f]{64}");
            assertThat(laptop.run("status")).contains("laptop", "owner", "this device", "1 document");
        }

        private static List<Path> files(Path folder) throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile).toList();
            }
        }
    }

    @Nested
    class OnTwoDevices {
        private Desk phone;
        private SimulatedSync sync;

        @BeforeEach
        void init() {
            phone = new Desk(root, "phone");
            sync = SimulatedSync.of(SyncProfile.perfect(), 1)
                    .join("laptop", laptop.folder())
                    .join("phone", phone.folder());
            laptop.run("init", laptop.folder().toString());
        }

        private void join() {
            String code = laptop.run("invite").strip();
            sync.settle();
            phone.run("join", phone.folder().toString(), code);
            sync.settle();
        }

        @Test
        void anInviteBringsInTheOther() {
            laptop.run("set", "today", "title", "\"Groceries\"");
            join();
            assertThat(phone.run("get", "today", "title")).isEqualTo("Groceries\n");
            phone.run("set", "today", "title", "\"Shopping\"");
            sync.settle();
            assertThat(laptop.run("get", "today", "title")).isEqualTo("Shopping\n");
            JsonNode devices = json(laptop.run("devices", "--json")).at("/devices");
            assertThat(devices).hasSize(2);
            assertThat(laptop.run("devices")).contains("phone", "writer");
            assertThat(hash(laptop)).isEqualTo(hash(phone));
        }

        @Test
        void aJoinBeforeTheFolderArrivedWaits() {
            String code = laptop.run("invite").strip();
            Desk.Said said = phone.tries("join", phone.folder().toString(), code, "--json");
            assertThat(said.status()).as(said.toString()).isEqualTo(4);
            assertThat(json(said.out()).at("/state").asText()).isEqualTo("awaiting_sync");
            sync.settle();
            phone.run("join", phone.folder().toString(), code);
        }

        @Test
        void aBadCodeIsRefused() {
            laptop.run("invite");
            sync.settle();
            Desk.Said said = phone.tries("join", phone.folder().toString(), "not-a-code", "--json");
            assertThat(said.status()).isEqualTo(1);
            assertThat(json(said.out()).at("/error/code").asText()).isEqualTo("bad_invite");
        }

        @Test
        void approvalComparesSafetyWords() {
            String code = laptop.run("invite", "--approve").strip();
            sync.settle();
            Desk.Said asked = phone.tries(
                    new Desk.Stdin(code + "\n"), "join", phone.folder().toString(), "-", "--json");
            assertThat(asked.status()).as(asked.toString()).isEqualTo(4);
            String words = json(asked.out()).at("/safetyWords").asText();
            assertThat(words.split("[ -]")).hasSize(6);
            sync.settle();
            JsonNode pending = json(laptop.run("devices", "--json")).at("/pending/0");
            assertThat(pending.at("/safetyWords").asText()).isEqualTo(words);
            assertThat(pending.at("/name").asText()).isEqualTo("phone");
            fails(1, "not_found", "devices", "approve", "nobody");
            laptop.run("devices", "approve", pending.at("/request").asText().substring(0, 8));
            sync.settle();
            phone.run("join", phone.folder().toString(), code);
            phone.run("set", "today", "a", "1");
        }

        @Test
        void aDeclinedDeviceStaysOutside() {
            String code = laptop.run("invite", "--approve").strip();
            sync.settle();
            assertThat(phone.tries("join", phone.folder().toString(), code).status())
                    .isEqualTo(4);
            sync.settle();
            assertThat(laptop.run("devices")).contains("asks to join: phone");
            String request = json(laptop.run("devices", "--json"))
                    .at("/pending/0/request")
                    .asText();
            assertThat(laptop.run("devices", "decline", request)).isEqualTo("phone is declined.\n");
            assertThat(json(laptop.run("devices", "--json")).at("/pending")).isEmpty();
            sync.settle();
            assertThat(phone.tries("join", phone.folder().toString(), code).status())
                    .isNotZero();
            assertThat(phone.tries("ls").status()).isNotZero();
        }

        @Test
        void aReaderMayNotWrite() {
            String code = laptop.run("invite", "--role", "reader").strip();
            sync.settle();
            phone.run("join", phone.folder().toString(), code);
            Desk.Said said = phone.tries("set", "today", "a", "1", "--json");
            assertThat(said.status()).as(said.toString()).isEqualTo(1);
            assertThat(json(said.out()).at("/error/code").asText()).isEqualTo("read_only_role");
        }

        @Test
        void twoEditsOfOneTextAtTheSameTimeMerge() {
            join();
            laptop.with("EDITOR", "printf 'milk\\nbread\\neggs\\n' >");
            laptop.run("edit", "today", "body");
            sync.settle();
            phone.with("VISUAL", "sed -i s/bread/rye-bread/").with("EDITOR", "false");
            phone.run("edit", "today", "body");
            laptop.with("EDITOR", "sed -i s/eggs/ten-eggs/");
            laptop.run("edit", "today", "body");
            sync.settle();
            laptop.run("ls");
            phone.run("ls");
            sync.settle();
            assertThat(laptop.run("get", "today", "body")).isEqualTo("milk\nrye-bread\nten-eggs\n");
            assertThat(phone.run("get", "today", "body")).isEqualTo("milk\nrye-bread\nten-eggs\n");
        }

        @Test
        void whatComesWhileTheEditorIsOpenIsKept() throws Exception {
            Path pipe = root.resolve("go");
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
            Path before = Files.writeString(root.resolve("before"), "first\nlast\n");
            Path meanwhile = Files.writeString(root.resolve("meanwhile"), "zeroth\nfirst\nlast\n");
            laptop.run("set", "today", "body", "--file", before.toString());
            Path editor =
                    Files.writeString(root.resolve("editor.sh"), "read go < '" + pipe + "'; echo appended >> \"$1\"");
            Desk writing = new Desk(root, "laptop").with("EDITOR", "sh '" + editor + "'");
            CompletableFuture<String> edit = CompletableFuture.supplyAsync(() -> writing.run("edit", "today", "body"));
            try (OutputStream go = Files.newOutputStream(pipe)) { // opens when the editor does
                laptop.run("set", "today", "body", "--file", meanwhile.toString());
                go.write('\n');
            }
            assertThat(edit.get()).isEqualTo("Saved.\n");
            assertThat(laptop.run("get", "today", "body")).isEqualTo("zeroth\nfirst\nlast\nappended\n");
        }

        @Test
        void aTextLargerThanAnyChangeIsSetAndEdited() throws IOException {
            String text = "\uD83D\uDE00line of a book\n".repeat(70_000);
            Path large = Files.writeString(root.resolve("large"), text);
            laptop.run("set", "book", "body", "--file", large.toString());
            assertThat(laptop.run("get", "book", "body")).isEqualTo(text);
            String twice = "before\n" + text + text.replace('l', 'L');
            Path larger = Files.writeString(root.resolve("larger"), twice);
            laptop.with("EDITOR", "cp '" + larger + "'").run("edit", "book", "body");
            assertThat(laptop.run("get", "book", "body")).isEqualTo(twice);
        }

        @Test
        void whatCannotBeCommittedIsKept() throws IOException {
            laptop.run("set", "today", "title", "\"Groceries\"");
            Path huge = Files.writeString(root.resolve("huge"), "x".repeat(2 << 20));
            Desk.Said said = laptop.with("EDITOR", "cp '" + huge + "'").tries("edit", "today", "title");
            assertThat(said.status()).isEqualTo(1);
            assertThat(said.err()).contains("; what you wrote is kept in ").hasLineCount(1);
            Path kept = Path.of(
                    said.err().substring(said.err().indexOf("kept in ") + 8).strip());
            assertThat(kept).hasSameTextualContentAs(huge);
            Files.delete(kept);
            Files.delete(kept.getParent());
            Desk.Said quit = laptop.with("EDITOR", "sh -c 'echo typed > \"$1\"; exit 3' -")
                    .tries("edit", "today", "title");
            assertThat(quit.err()).contains("ended with status 3", "kept in ").hasLineCount(1);
            Path typed = Path.of(
                    quit.err().substring(quit.err().indexOf("kept in ") + 8).strip());
            assertThat(typed).hasContent("typed");
            Files.delete(typed);
            Files.delete(typed.getParent());
        }

        @Test
        void anEditorThatFailsOrChangesNothingCommitsNothing() {
            laptop.run("set", "today", "title", "\"Groceries\"");
            String version = json(laptop.run("status", "--json")).at("/version").asText();
            laptop.with("EDITOR", "true");
            assertThat(laptop.run("edit", "today", "title")).isEqualTo("Nothing changed.\n");
            laptop.with("EDITOR", "false");
            fails(1, "editor_failed", "edit", "today", "title");
            assertThat(json(laptop.run("status", "--json")).at("/version").asText())
                    .isEqualTo(version);
            laptop.with("EDITOR", "printf 'Shopping\\n' >");
            laptop.run("edit", "today", "title");
            assertThat(laptop.run("get", "today", "title")).isEqualTo("Shopping\n");
        }

        private static String hash(Desk desk) {
            return json(desk.run("status", "--json")).at("/stateHash").asText();
        }
    }
}
