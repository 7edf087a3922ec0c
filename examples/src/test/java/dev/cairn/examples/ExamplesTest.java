package dev.cairn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.examples.counter.VisitCounter;
import dev.cairn.examples.notes.Notes;
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
