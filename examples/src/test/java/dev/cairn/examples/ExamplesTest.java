package dev.cairn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.examples.counter.VisitCounter;
import dev.cairn.examples.kanban.Kanban;
import dev.cairn.examples.notes.Notes;
import dev.cairn.examples.outline.Outline;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples, run by two devices which share a folder. */
final class ExamplesTest {
    @TempDir
    private Path temporary;

    private Path folder;
    private Path home;
    private Path laptop;

    @BeforeEach
    void twoDevicesShareAFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("folder"));
        home = temporary.resolve("home");
        laptop = temporary.resolve("laptop");
        try (Space space = Space.create(folder, SpaceOptions.inState(home))) {
            String code = space.invite(InviteOptions.writer()).code();
            space.flush();
            JoinResult result = Space.join(folder, code, SpaceOptions.inState(laptop));
            assertThat(result).isInstanceOf(JoinResult.Joined.class);
            ((JoinResult.Joined) result).space().close();
        }
    }

    @Test
    void everyVisitCountsOnEitherDevice() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            VisitCounter.main(new String[] {folder.toString(), home.toString()});
            VisitCounter.main(new String[] {folder.toString(), laptop.toString()});
            VisitCounter.main(new String[] {folder.toString(), home.toString()});
        } finally {
            System.setOut(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("visit number 1", "visit number 2", "visit number 3");
    }

    @Test
    void twoPeopleChangeOneLineAtOnceAndBothChangesStay() throws IOException {
        try (Space mine = Space.open(folder, SpaceOptions.inState(home));
                Space yours = Space.open(folder, SpaceOptions.inState(laptop))) {
            type(mine, "open tea", "add put the kettle on", "add warm the pot");
            mine.flush();
            yours.refresh();
            type(mine, "open tea", "replace 1 first put the kettle on", "quit");
            type(yours, "open tea", "replace 1 put the kettle on the hob", "delete 2", "add pour", "quit");
            exchange(mine, yours);
            assertThat(mine.document("tea").text("body"))
                    .isEqualTo("first put the kettle on the hob\npour\n")
                    .isEqualTo(yours.document("tea").text("body"));
            assertThat(mine.stateHash()).isEqualTo(yours.stateHash());
        }
    }

    @Test
    void theOpenNoteIsShownAgainWhenItChangesElsewhere() throws IOException {
        try (Space mine = Space.open(folder, SpaceOptions.inState(home));
                Space yours = Space.open(folder, SpaceOptions.inState(laptop))) {
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            BufferedReader meanwhile = new BufferedReader(new StringReader("")) {
                private boolean asked;

                @Override
                public String readLine() {
                    if (asked) {
                        return "quit";
                    }
                    asked = true;
                    yours.commit(tx -> tx.on("inbox").text("body").append("from the laptop\n"));
                    exchange(mine, yours);
                    return "";
                }
            };
            new Notes(mine, new PrintStream(page, true, StandardCharsets.UTF_8)).run(meanwhile);
            assertThat(page.toString(StandardCharsets.UTF_8))
                    .contains("* changed on another device")
                    .contains("  1  from the laptop");
        }
    }

    @Test
    void aWrongLineIsAnsweredAndChangesNothing() throws IOException {
        try (Space mine = Space.open(folder, SpaceOptions.inState(home))) {
            assertThat(type(mine, "open tea", "add one", "delete 7", "replace x y", "insert 0 z"))
                    .contains("! there is no line 7", "! which line? replace N", "! there is no line 0");
            assertThat(mine.document("tea").text("body")).isEqualTo("one\n");
        }
    }

    @Test
    void aCardThatTwoPeopleMoveStaysOneCard() throws IOException {
        try (Space mine = Space.open(folder, SpaceOptions.inState(home));
                Space yours = Space.open(folder, SpaceOptions.inState(laptop))) {
            plan(mine, "add tea", "add cake", "add walk");
            exchange(mine, yours);
            plan(mine, "move 1 3", "put 3 done", "name 1 a cake \ud83c\udf82");
            plan(yours, "move 1 2", "name 2 green tea", "undo", "redo");
            exchange(mine, yours);
            assertThat(plan(mine, "show")).isEqualTo(plan(yours, "show"));
            assertThat(plan(mine, "show").lines().skip(4).filter(line -> line.contains("tea")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith("  green tea"));
            assertThat(mine.document("board").list("cards")).hasSize(3);
            assertThat(plan(mine, "show"))
                    .contains("a cake \ud83c\udf82")
                    .matches("(?s).*done\\R +[23]  green tea\\R.*");
            assertThat(plan(mine, "drop 9", "put 1 never", "move 1"))
                    .contains("! there is no card '9'")
                    .contains("! there is no column 'never'", "! there is no card ''");
        }
    }

    @Test
    void twoPeopleMoveTwoBranchesIntoEachOther() throws IOException {
        try (Space mine = Space.open(folder, SpaceOptions.inState(home));
                Space yours = Space.open(folder, SpaceOptions.inState(laptop))) {
            outline(mine, "add work", "under 1 trip", "add home", "add alone");
            exchange(mine, yours);
            outline(mine, "into 1 3");
            outline(yours, "into 3 2");
            exchange(mine, yours);
            String page = outline(mine, "show");
            assertThat(page).isEqualTo(outline(yours, "show"));
            List<String> last = page.lines()
                    .toList()
                    .subList(
                            page.lines().toList().size() - 4, (int) page.lines().count());
            assertThat(last)
                    .map(line -> line.substring(6).strip())
                    .containsExactlyInAnyOrder("work", "trip", "home", "alone");
            assertThat(outline(mine, "into 1 1", "drop 9", "top 3")).contains("! ");
        }
    }

    private static String plan(Space space, String... commands) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new Kanban(space, new PrintStream(page, true, StandardCharsets.UTF_8))
                .run(new BufferedReader(new StringReader(String.join("\n", commands))));
        return page.toString(StandardCharsets.UTF_8);
    }

    private static String outline(Space space, String... commands) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new Outline(space, new PrintStream(page, true, StandardCharsets.UTF_8))
                .run(new BufferedReader(new StringReader(String.join("\n", commands))));
        return page.toString(StandardCharsets.UTF_8);
    }

    private static String type(Space space, String... commands) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new Notes(space, new PrintStream(page, true, StandardCharsets.UTF_8))
                .run(new BufferedReader(new StringReader(String.join("\n", commands))));
        return page.toString(StandardCharsets.UTF_8);
    }

    private static void exchange(Space mine, Space yours) {
        mine.flush();
        yours.flush();
        mine.refresh();
        yours.refresh();
    }
}
