package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.simulation.SimulatedSync;
import dev.cairn.simulation.profile.SyncProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the past and about what concurrent edits disagreed on. */
final class HistoryCommandsTest {
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

    private static void fails(Desk desk, int status, String code, String... args) {
        Desk.Said said = desk.tries(args);
        assertThat(said.status()).as(said.toString()).isEqualTo(status);
        assertThat(said.err()).startsWith("cairn: ").endsWith("\n").hasLineCount(1);
        String[] withJson = java.util.Arrays.copyOf(args, args.length + 1);
        withJson[args.length] = "--json";
        assertThat(json(desk.tries(withJson).out()).at("/error/code").asText()).isEqualTo(code);
    }

    /** Sets a value and returns the version this made, as a program sees it. */
    private String set(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "set";
        System.arraycopy(args, 0, all, 1, args.length);
        all[args.length + 1] = "--json";
        return json(laptop.run(all)).at("/version").asText();
    }

    /** Brings a second device in; their folders are carried to each other when the tool settles. */
    private SimulatedSync joined(Desk phone) {
        SimulatedSync sync = SimulatedSync.of(SyncProfile.perfect(), 1)
                .join("laptop", laptop.folder())
                .join("phone", phone.folder());
        String code = laptop.run("invite").strip();
        sync.settle();
        phone.run("join", phone.folder().toString(), code);
        sync.settle();
        return sync;
    }

    /** A version as people see it. */
    private static String brief(String version) {
        return version.substring(0, 4) + version.substring(version.indexOf('.'));
    }

    @Nested
    class Graph {
        @Test
        void hasWhatFollowsOneAnotherOnOneLine() {
            String first = set("today", "title", "\"Groceries\"");
            String last = set("other", "title", "\"Shopping\"");
            assertThat(laptop.run("graph").lines())
                    .singleElement()
                    .asString()
                    .contains(brief(first) + ".." + last.substring(last.indexOf('.') + 1), "other, today", "laptop")
                    .endsWith("from the start");
            assertThat(laptop.run("graph", "--all").lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .endsWith("on " + brief(first));
            JsonNode stretch = json(laptop.run("graph", "--json"));
            assertThat(stretch.at("/first").asText()).isEqualTo(first);
            assertThat(stretch.at("/last").asText()).isEqualTo(last);
            assertThat(stretch.at("/changes").asInt()).isEqualTo(2);
            assertThat(stretch.at("/parents")).isEmpty();
        }

        @Test
        void showsWhereDevicesForkAndJoin() {
            String base = set("today", "title", "\"base\"");
            Desk phone = new Desk(root, "phone");
            SimulatedSync sync = joined(phone);
            phone.run("ls");
            laptop.run("set", "today", "a", "1");
            phone.run("set", "today", "b", "2");
            sync.settle();
            laptop.run("set", "today", "c", "3");
            List<JsonNode> stretches = laptop.run("graph", "--json")
                    .lines()
                    .map(HistoryCommandsTest::json)
                    .toList();
            assertThat(stretches).hasSize(4);
            assertThat(stretches.get(1).at("/parents/0").asText()).isEqualTo(base);
            assertThat(stretches.get(2).at("/parents/0").asText()).isEqualTo(base);
            assertThat(stretches.get(3).at("/parents")).hasSize(2);
            assertThat(laptop.run("graph", "--dot"))
                    .startsWith("digraph cairn {")
                    .contains("n1 -> n0;", "n2 -> n0;", "n3 -> n1;", "n3 -> n2;")
                    .endsWith("}\n");
        }

        @Test
        void quotesNamesForGraphviz() {
            set("a \"quoted\" \\ name", "title", "1");
            assertThat(laptop.run("graph", "--dot")).contains("a \\\"quoted\\\" \\\\ name\"");
            assertThat(json(laptop.run("graph", "--dot", "--json")).at("/dot").asText() + "\n")
                    .isEqualTo(laptop.run("graph", "--dot"));
        }
    }

    @Nested
    class Versions {
        private String first;
        private String second;

        @BeforeEach
        void twoChanges() {
            first = set("today", "title", "\"Groceries\"", "--message", "the first");
            second = set("today", "title", "\"Shopping\"");
        }

        @Test
        void areWhatTheLogPrints() {
            assertThat(laptop.run("log", "today").lines())
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains(brief(second), "laptop", "today (1 set)");
            JsonNode newest = json(laptop.run("log", "--json", "--limit", "1"));
            assertThat(newest.at("/version").asText()).isEqualTo(second);
            assertThat(newest.at("/did/today/assigned").asInt()).isEqualTo(1);
        }

        @Test
        void nameTheDocumentsAsTheyWere() {
            for (String then : List.of(first, brief(first), second + "^", brief(second) + "^")) {
                assertThat(laptop.run("get", "today", "title", "--at", then))
                        .as(then)
                        .isEqualTo("Groceries\n");
            }
            assertThat(laptop.run("get", "today", "title", "--at", "now")).isEqualTo("Shopping\n");
            assertThat(laptop.run("get", "today", "title", "--at", second)).isEqualTo("Shopping\n");
            fails(laptop, 1, "not_found", "get", "today", "title", "--at", "empty");
            fails(laptop, 1, "not_found", "get", "today", "title", "--at", first + "^");
        }

        @Test
        void mayBeTimes() {
            for (String now : List.of("0s", "2999-01-01", "2999-01-01T10:00", "2999-12-31T23:59:59Z")) {
                assertThat(laptop.run("get", "today", "title", "--at", now))
                        .as(now)
                        .isEqualTo("Shopping\n");
            }
            for (String before : List.of("2h", "30m", "1d", "2020-02-29", "2020-02-29T10:00:00+01:00")) {
                fails(laptop, 1, "not_found", "get", "today", "--at", before);
            }
        }

        @Test
        void theLogOfADocumentThatNeverWasIsNotEmptyButNone() {
            fails(laptop, 1, "not_found", "log", "nowhere");
            laptop.run("rm", "today");
            assertThat(laptop.run("log", "today").lines()).hasSize(3);
        }

        @Test
        void thatAreNoneAreSaid() {
            for (String none : List.of("yesterday", "", "^", "1.x", "89.1", "2026-13-01", "2026-11-21T25:00", ".1")) {
                fails(laptop, 2, "usage", "get", "today", "--at", none);
            }
            fails(laptop, 1, "unknown_version", "get", "today", "--at", brief(first) + "00");
            String other = (first.startsWith("a") ? "b" : "a") + first.substring(1, 4);
            fails(laptop, 1, "unknown_version", "get", "today", "--at", other + ".1");
        }
    }

    @Nested
    class WhatChanged {
        private String first;
        private String second;

        private String text(String content) {
            Desk.Said said = laptop.tries(new Desk.Stdin(content), "set", "today", "body", "--file", "-", "--json");
            assertThat(said.status()).as(said.toString()).isZero();
            return json(said.out()).at("/version").asText();
        }

        @BeforeEach
        void twoChangesOfEveryType() {
            set("today", ".", "{\"title\":\"Groceries\",\"items\":[\"milk\",{\"n\":1},\"eggs\"],\"old\":true}");
            set("today", "opened", "--add", "1");
            first = text("one\ntwo\nthree\nfour\nfive\nsix\nseven\n");
            set(
                    "today",
                    ".",
                    "{\"title\":\"Shopping\",\"items\":[\"rye\",\"milk\",{\"n\":2}],\"new\":null,"
                            + "\"opened\":4,\"body\":\"one\\ntwo\\nthree\\nfour\\nfive\\n5.5\\nsixth\\nseven\\n\"}");
            second = json(laptop.run("status", "--json")).at("/version").asText();
        }

        @Test
        void isShownPathByPath() {
            List<String> lines = laptop.run("show", brief(second)).lines().toList();
            assertThat(lines)
                    .startsWith("version  " + second, "device   laptop")
                    .contains("today");
            assertThat(lines.subList(lines.indexOf("today") + 1, lines.size()))
                    .containsExactly(
                            "  ~ body:",
                            "      @@ 4 @@",
                            "       four",
                            "       five",
                            "      -six",
                            "      +5.5",
                            "      +sixth",
                            "       seven",
                            "  + items.0: \"rye\"",
                            "  - items.2: \"eggs\"",
                            "  ~ items.2.n: 1 -> 2",
                            "  + new: null",
                            "  - old: true",
                            "  ~ opened: +3",
                            "  ~ title: \"Groceries\" -> \"Shopping\"");
            JsonNode shown = json(laptop.run("show", second, "today", "--json"));
            assertThat(shown.at("/before").asText()).isEqualTo(first);
            assertThat(shown.at("/differences/today").findValuesAsText("kind"))
                    .containsExactly("text", "list", "replaced", "replaced", "replaced", "counter", "replaced");
            assertThat(shown.at("/differences/today/0/path").asText()).isEqualTo("body");
            assertThat(shown.at("/differences/today/0/pieces/0/kept").asInt()).isEqualTo(24);
            fails(laptop, 1, "not_found", "show", second, "tomorrow");
        }

        @Test
        void isTheDifferenceOfAnyTwoVersions() {
            List<String> forth =
                    laptop.run("diff", "today", brief(first)).lines().toList();
            List<String> back =
                    laptop.run("diff", "today", "now", brief(first)).lines().toList();
            assertThat(forth).contains("- old: true", "+ items.0: \"rye\"", "~ opened: +3");
            assertThat(back)
                    .contains("+ old: true", "- items.0: \"rye\"", "~ opened: -3")
                    .hasSameSizeAs(forth);
            assertThat(laptop.run("diff", "today", "now")).isEmpty();
            assertThat(laptop.run("diff", "today", "empty", "now"))
                    .contains("+ body: text\n    +one\n    +two\n", "+ title: \"Shopping\"\n");
            JsonNode difference = json(laptop.run("diff", "today", first, second, "--json"));
            assertThat(difference.at("/from").asText()).isEqualTo(first);
            assertThat(difference.at("/differences")).hasSize(7);
            fails(laptop, 1, "not_found", "diff", "tomorrow", "empty");
            fails(laptop, 2, "usage", "diff", "today");
        }

        @Test
        void isKnownLineByLine() {
            List<String> lines = laptop.run("blame", "today", "body").lines().toList();
            assertThat(lines).hasSize(8);
            assertThat(lines.get(0))
                    .startsWith(brief(first))
                    .contains("  laptop  ")
                    .endsWith("  1  one");
            assertThat(lines.get(5)).startsWith(brief(second)).endsWith("  6  5.5");
            assertThat(lines.get(6)).startsWith(brief(second)).endsWith("  7  sixth");
            assertThat(lines.get(7)).startsWith(brief(first)).endsWith("  8  seven");
            JsonNode runs = json(laptop.run("blame", "today", "body", "--json")).at("/runs");
            StringBuilder text = new StringBuilder();
            runs.forEach(run -> text.append(run.at("/content").asText()));
            assertThat(text).hasToString(laptop.run("get", "today", "body"));
            assertThat(laptop.run("blame", "today", "body", "--at", first).lines())
                    .hasSize(7)
                    .allMatch(line -> line.startsWith(brief(first)));
        }

        @Test
        void isKnownOfMapsListsCountersAndValues() {
            assertThat(laptop.run("blame", "today").lines())
                    .hasSize(5)
                    .anyMatch(line -> line.startsWith(brief(second)) && line.endsWith("  title   \"Shopping\""));
            assertThat(laptop.run("blame", "today", "title").lines())
                    .singleElement()
                    .asString()
                    .startsWith(brief(second));
            assertThat(laptop.run("blame", "today", "items").lines())
                    .hasSize(3)
                    .first()
                    .asString()
                    .endsWith("  0  \"rye\"");
            assertThat(laptop.run("blame", "today", "items.1").lines())
                    .singleElement()
                    .asString()
                    .endsWith("  1  \"milk\"");
            assertThat(laptop.run("blame", "today", "opened").lines()).hasSize(2);
            assertThat(json(laptop.run("blame", "today", "opened", "--json"))
                            .at("/shares/1/delta")
                            .asInt())
                    .isEqualTo(3);
            assertThat(json(laptop.run("blame", "today", "--json"))
                            .at("/entries/title/version")
                            .asText())
                    .isEqualTo(second);
            String made = set("today", "draft", "--type", "register", "\"one\"");
            String changed = set("today", "draft", "\"two\"");
            assertThat(laptop.run("diff", "today", made)).isEqualTo("~ draft: \"one\" -> \"two\"\n");
            assertThat(laptop.run("blame", "today", "draft").lines())
                    .singleElement()
                    .asString()
                    .startsWith(brief(changed))
                    .endsWith("\"two\"");
            fails(laptop, 1, "not_found", "blame", "today", "nothing");
            fails(laptop, 1, "not_found", "blame", "tomorrow");
        }
    }

    @Nested
    class TakingBack {
        private String first;
        private String second;

        @BeforeEach
        void twoChanges() {
            first = set("today", ".", "{\"title\":\"Groceries\",\"items\":[\"milk\"]}", "--message", "the first");
            second = set("today", ".", "{\"items\":[\"milk\",\"eggs\"]}");
        }

        private JsonNode document() {
            return json(laptop.run("get", "today", "--json"));
        }

        @Test
        void goesBackAndForthStepByStep() {
            JsonNode last = document();
            assertThat(laptop.run("undo")).contains("takes back " + brief(second), "today");
            assertThat(document()).isEqualTo(json("{\"title\":\"Groceries\",\"items\":[\"milk\"]}"));
            assertThat(laptop.run("undo")).contains("takes back " + brief(first), "the first");
            fails(laptop, 1, "not_found", "get", "today");
            fails(laptop, 1, "nothing_to_do", "undo");
            JsonNode steps = json(laptop.run("redo", "--steps", "5", "--json")).at("/steps");
            assertThat(steps.findValuesAsText("makesAgain")).containsExactly(first, second);
            assertThat(document()).isEqualTo(last);
            fails(laptop, 1, "nothing_to_do", "redo");
            assertThat(laptop.run("log", "-n", "1")).contains("makes again " + brief(second));
            assertThat(json(laptop.run("log", "-n", "1", "--json"))
                            .at("/makesAgain")
                            .asText())
                    .isEqualTo(second);
        }

        private Desk copyOfTheLaptop() throws IOException {
            Desk copy = new Desk(root, "copy");
            copy.with("CAIRN_SPACE", copy.folder().toString());
            Path laptopFiles = root.resolve("laptop");
            try (Stream<Path> files = Files.walk(laptopFiles)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = root.resolve("copy").resolve(laptopFiles.relativize(file));
                    Files.createDirectories(Objects.requireNonNull(target.getParent()));
                    Files.copy(file, target);
                }
            }
            return copy;
        }

        /** A copy of the device writes under its id; both go on under others, and what they wrote stays theirs. */
        @Test
        void aCopiedDeviceTakesBackWhatItWroteBeforeByName() throws IOException {
            set("notes", "ours", "1");
            Desk copy = copyOfTheLaptop();
            set("notes", "mine", "1", "--message", "a change of mine");
            copy.run("set", "notes", "theirs", "1");
            SimulatedSync sync = SimulatedSync.of(SyncProfile.perfect(), 1)
                    .join("laptop", laptop.folder())
                    .join("copy", copy.folder());
            for (int i = 0; i < 3; i++) {
                sync.settle();
                laptop.run("status");
                copy.run("status");
            }
            assertThat(laptop.tries("undo").err()).contains("goes on under another id", "'cairn log'");
            String changed = laptop.run("log", "notes", "--json")
                    .lines()
                    .filter(line -> line.contains("a change of mine"))
                    .map(line -> json(line).at("/version").asText())
                    .findFirst()
                    .orElseThrow();
            assertThat(laptop.run("undo", changed)).contains("takes back");
            assertThat(laptop.run("get", "notes")).contains("ours", "theirs").doesNotContain("mine");
        }

        @Test
        void tellsMovesInsertionsAndDeletionsApart() {
            String a = set("board", "cards", "[\"one\",\"two\",\"three\"]", "--type", "movable");
            laptop.run("move", "board", "cards", "2", "0");
            laptop.run("set", "board", "cards.1", "\"ONE\"");
            laptop.run("rm", "board", "cards.2");
            laptop.run("set", "board", "cards.-", "\"four\"");
            assertThat(laptop.run("diff", "board", a).lines())
                    .containsExactly(
                            "- cards.1: \"two\"",
                            "+ cards.2: \"four\"",
                            "> cards.0: \"three\"  (was at 2)",
                            "~ cards.1: \"one\" -> \"ONE\"");
            JsonNode step = json(laptop.run("diff", "board", a, "--json")).at("/differences/0");
            assertThat(step)
                    .isEqualTo(json("{\"path\":\"cards\",\"kind\":\"movable\","
                            + "\"deleted\":[{\"index\":1,\"value\":\"two\"}],"
                            + "\"inserted\":[{\"index\":2,\"value\":\"four\"}],"
                            + "\"moved\":[{\"from\":2,\"to\":0}]}"));
        }

        @Test
        void tellsWhereNodesWent() {
            laptop.run("tree", "plan", "t", "add");
            laptop.run("tree", "plan", "t", "add");
            JsonNode nodes = json(laptop.run("get", "plan", "t", "--json"));
            String one = nodes.at("/0/id").asText();
            String two = nodes.at("/1/id").asText();
            String before = set("plan", "t." + one + ".name", "\"one\"");
            laptop.run("tree", "plan", "t", "move", two, "--under", one);
            laptop.run("set", "plan", "t." + one + ".name", "\"ONE\"");
            assertThat(laptop.run("diff", "plan", before).lines())
                    .containsExactly(
                            "> t." + two + ": {}  (below " + one + " at 0, was at the top at 1)",
                            "~ t." + one + ".name: \"one\" -> \"ONE\"");
            JsonNode step = json(laptop.run("diff", "plan", before, "--json")).at("/differences/0");
            assertThat(step.at("/kind").asText()).isEqualTo("tree");
            assertThat(step.at("/moved/0/to/parent").asText()).isEqualTo(one);
            assertThat(step.at("/moved/0/from/parent").isNull()).isTrue();
            laptop.run("tree", "plan", "t", "rm", two);
            assertThat(laptop.run("diff", "plan", before).lines()).first().isEqualTo("- t." + two + ": {}");
        }

        @Test
        void showsMarksOnTexts() {
            set("rich", "body", "--type", "text");
            String before = set("rich", "body", "\"hello world\"");
            laptop.run("mark", "rich", "body", "0", "5", "bold", "true");
            assertThat(laptop.run("diff", "rich", before).lines())
                    .containsExactly("~ body:", "    + 0-5  bold: true  \"hello\"");
            assertThat(json(laptop.run("diff", "rich", before, "--json")).at("/differences/0/marks"))
                    .isEqualTo(json(
                            "{\"removed\":[],\"added\":[{\"start\":0,\"end\":5,\"key\":\"bold\",\"value\":true}]}"));
            assertThat(laptop.run("get", "rich", "body")).isEqualTo("hello world");
            assertThat(laptop.run("get", "rich", "body", "--marks"))
                    .isEqualTo("hello world\n0-5  bold: true  \"hello\"\n");
            assertThat(json(laptop.run("get", "rich", "--marks", "--json")))
                    .isEqualTo(json("{\"body\":{\"text\":\"hello world\",\"marks\":[{\"start\":0,\"end\":5,"
                            + "\"key\":\"bold\",\"value\":true}]}}"));
            assertThat(laptop.run("get", "rich", "body", "--marks", "--at", before))
                    .isEqualTo("hello world");
        }

        @Test
        void saysWhatItHadToLeaveAsItIs() {
            set("board", "cards", "[\"one\",\"two\"]", "--type", "movable");
            String moved = json(laptop.run("move", "board", "cards", "0", "1", "--json"))
                    .at("/version")
                    .asText();
            set("board", "cards.0", "\"TWO\"");
            assertThat(laptop.run("undo", moved)).doesNotContain("left as it is");
            assertThat(json(laptop.run("get", "board", "cards", "--json"))).isEqualTo(json("[\"one\",\"TWO\"]"));
            String once = set("board", "cards.0", "\"uno\"");
            set("board", "cards.0", "\"eins\"");
            JsonNode step =
                    json(laptop.run("undo", once, "--json")).at("/steps").get(0);
            assertThat(step.at("/unchanged").get(0).asText()).isEqualTo("board");
            assertThat(step.at("/left"))
                    .isEqualTo(json("[{\"document\":\"board\",\"path\":\"cards.0\",\"reason\":\"edited_since\"}]"));
            String again = set("board", "cards.1", "\"dos\"");
            set("board", "cards.1", "\"zwei\"");
            assertThat(laptop.run("undo", again).lines().skip(1))
                    .containsExactly("  left as it is: board  cards.1  (edited since)");
            assertThat(json(laptop.run("log", "board", "-n", "1", "--json"))
                            .at("/takesBack")
                            .asText())
                    .isEqualTo(again);
            assertThat(laptop.run("undo", brief(second))).doesNotContain("left as it is");
        }

        @Test
        void mayNameAChange() {
            laptop.run("undo", brief(first));
            assertThat(document()).isEqualTo(json("{\"items\":[\"eggs\"]}"));
            fails(laptop, 1, "nothing_to_do", "undo", brief(first));
            fails(laptop, 2, "usage", "undo", brief(second), "--steps", "2");
            fails(laptop, 2, "usage", "undo", "--steps", "0");
            fails(laptop, 2, "usage", "redo", "--steps", "-1");
            fails(laptop, 1, "unknown_version", "undo", first + "0");
        }

        @Test
        void restoresADocument() {
            String dry = laptop.run("restore", "today", "--at", brief(first), "--dry-run");
            assertThat(dry.lines()).containsExactly("- items.1: \"eggs\"", "+ title: \"Groceries\"");
            assertThat(json(laptop.run("status", "--json")).at("/version").asText())
                    .isEqualTo(second);
            JsonNode done = json(laptop.run("restore", "today", "--at", first, "--json"));
            assertThat(done.at("/changed").asBoolean()).isTrue();
            assertThat(document()).isEqualTo(json("{\"title\":\"Groceries\",\"items\":[\"milk\"]}"));
            assertThat(json(laptop.run("restore", "today", "--at", first, "--json"))
                            .at("/changed")
                            .asBoolean())
                    .isFalse();
            assertThat(laptop.run("restore", "today", "--at", second))
                    .isEqualTo("+ items.1: \"eggs\"\n- title: \"Groceries\"\n");
            laptop.run("restore", "today", "--at", "empty");
            fails(laptop, 1, "not_found", "get", "today");
            laptop.run("undo");
            assertThat(document()).isEqualTo(json("{\"items\":[\"milk\",\"eggs\"]}"));
            fails(laptop, 2, "usage", "restore", "today");
            fails(laptop, 1, "not_found", "restore", "tomorrow", "--at", first);
        }
    }

    @Nested
    class Conflicts {
        private Desk phone;
        private SimulatedSync sync;

        @BeforeEach
        void twoDevicesDisagree() {
            phone = new Desk(root, "phone");
            sync = joined(phone);
            meet();
            laptop.run("set", "today", "title", "\"Groceries\"");
            phone.run("set", "today", "title", "\"Shopping\"");
            meet();
        }

        private void meet() {
            sync.settle();
            laptop.run("ls");
            phone.run("ls");
            sync.settle();
        }

        private List<String> values(Desk desk) {
            return json(desk.run("conflicts", "today", "--json"))
                    .at("/0/values")
                    .findValuesAsText("value");
        }

        @Test
        void areListedOnBothDevices() {
            List<String> values = values(laptop);
            assertThat(values)
                    .containsExactlyInAnyOrder("Groceries", "Shopping")
                    .isEqualTo(values(phone));
            assertThat(laptop.run("conflicts").lines()).hasSize(3).first().isEqualTo("today  title  has 2 values");
            assertThat(laptop.run("conflicts", "today"))
                    .contains("  1  \"" + values.get(0) + "\"", "(shown)", "laptop", "phone");
            assertThat(laptop.run("conflicts", "tomorrow")).isEmpty();
            assertThat(laptop.run("get", "today", "title")).isEqualTo(values.get(0) + "\n");
        }

        @Test
        void areSettledForBothByAChoice() {
            String other = values(phone).get(1);
            phone.run("resolve", "today", "title", "--choose", "2");
            meet();
            assertThat(laptop.run("conflicts")).isEmpty();
            assertThat(laptop.run("get", "today", "title")).isEqualTo(other + "\n");
            fails(laptop, 1, "not_found", "resolve", "today", "title", "--choose", "1");
        }

        @Test
        void areSettledByAThirdValueOfAnyType() {
            laptop.run("resolve", "today", "title", "{\"of\":[\"the\",\"day\"]}");
            meet();
            assertThat(phone.run("conflicts")).isEmpty();
            assertThat(json(phone.run("get", "today", "title", "--json")))
                    .isEqualTo(json("{\"of\":[\"the\",\"day\"]}"));
        }

        @Test
        void areNotSettledByWordsThatMakeNoSense() {
            fails(laptop, 2, "usage", "resolve", "today", "title");
            fails(laptop, 2, "usage", "resolve", "today", "title", "1", "--choose", "1");
            fails(laptop, 1, "not_found", "resolve", "today", "title", "--choose", "3");
            fails(laptop, 1, "not_found", "resolve", "today", "title", "--choose", "0");
            fails(laptop, 1, "not_found", "resolve", "today", "body", "1");
            assertThat(values(laptop)).hasSize(2);
        }

        private void loseAnEdit() {
            laptop.run("set", "box", "items", "[\"milk\"]");
            meet();
            laptop.run("rm", "box", "items");
            phone.run("set", "box", "items.-", "\"bread\"");
            meet();
            assertThat(laptop.run("conflicts", "box").lines())
                    .hasSize(2)
                    .first()
                    .isEqualTo("box  items  was removed while others edited it");
            assertThat(json(laptop.run("conflicts", "box", "--json"))
                            .at("/0/edits/0/deviceName")
                            .asText())
                    .isEqualTo("phone");
        }

        @Test
        void bringBackElementsOfMovableListsAndNodesOfTrees() {
            laptop.run("set", "board", "cards", "[\"one\",\"two\"]", "--type", "movable");
            laptop.run("tree", "board", "plan", "add");
            String node = json(laptop.run("get", "board", "plan", "--json"))
                    .at("/0/id")
                    .asText();
            meet();
            laptop.run("rm", "board", "cards.0");
            laptop.run("tree", "board", "plan", "rm", node);
            phone.run("set", "board", "cards.0", "\"ONE\"");
            phone.run("set", "board", "plan." + node + ".name", "\"phone's\"");
            meet();
            assertThat(json(laptop.run("conflicts", "board", "--json")).findValuesAsText("path"))
                    .containsExactly("cards", "plan." + node);
            laptop.run("conflicts", "restore", "board", "cards");
            phone.run("conflicts", "restore", "board", "plan." + node);
            meet();
            assertThat(json(phone.run("get", "board", "--json")))
                    .isEqualTo(json("{\"cards\":[\"two\",\"ONE\"],\"plan\":[{\"id\":\"" + node
                            + "\",\"data\":{\"name\":\"phone's\"},\"children\":[]}]}"));
            assertThat(laptop.run("conflicts", "board")).isEmpty();
            fails(laptop, 1, "not_found", "conflicts", "restore", "board", "cards");
        }

        @Test
        void forgetElementsOfMovableListsAndNodesOfTrees() {
            laptop.run("set", "board", "cards", "[\"one\",\"two\"]", "--type", "movable");
            laptop.run("tree", "board", "plan", "add");
            String node = json(laptop.run("get", "board", "plan", "--json"))
                    .at("/0/id")
                    .asText();
            meet();
            laptop.run("rm", "board", "cards.0");
            laptop.run("tree", "board", "plan", "rm", node);
            phone.run("move", "board", "cards", "0", "1");
            phone.run("set", "board", "plan." + node + ".name", "\"phone's\"");
            meet();
            laptop.run("conflicts", "dismiss", "board", "cards");
            laptop.run("conflicts", "dismiss", "board", "plan." + node);
            meet();
            assertThat(phone.run("conflicts", "board")).isEmpty();
            assertThat(json(phone.run("get", "board", "--json"))).isEqualTo(json("{\"cards\":[\"two\"],\"plan\":[]}"));
        }

        @Test
        void bringBackWhatWasRemovedWithTheEditsInside() {
            loseAnEdit();
            phone.run("conflicts", "restore", "box", "items");
            meet();
            assertThat(json(laptop.run("get", "box", "items", "--json"))).isEqualTo(json("[\"milk\",\"bread\"]"));
            assertThat(laptop.run("conflicts", "box")).isEmpty();
            fails(laptop, 1, "not_found", "conflicts", "restore", "box", "items");
        }

        @Test
        void areDismissedForBoth() {
            loseAnEdit();
            laptop.run("conflicts", "dismiss", "box", "items");
            meet();
            assertThat(phone.run("conflicts", "box")).isEmpty();
            fails(phone, 1, "not_found", "get", "box", "items");
            fails(phone, 1, "not_found", "conflicts", "dismiss", "box", "other");
            fails(phone, 2, "usage", "conflicts", "dismiss", "box");
        }
    }
}
