package dev.cairn.cli.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.protocol.Mode;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody types at {@code cairn leader watch} on a terminal, from a script, in virtual time. */
final class TypedAnswersTest {
    private static final Duration GRACE_AND_MORE = Duration.ofSeconds(160);

    @TempDir
    Path root;

    @SuppressWarnings("NullAway.Init")
    private ElectionDesk desk;

    @BeforeEach
    void sit() {
        desk = new ElectionDesk(root, "Laptop", VirtualTime.start(), Mode.USER);
    }

    @AfterEach
    void rise() {
        desk.close();
    }

    private void asked() {
        desk.seconds(GRACE_AND_MORE.toSeconds());
        assertThat(desk.printed())
                .contains("It looks like you are the only device online! If this is true, click Confirm")
                .contains("[lead, wait] (only_device; without an answer in 600 s: wait)");
    }

    private List<Question> questions() {
        return desk.election.status().prompts().stream().map(Prompt::question).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lead", "Confirm", "  yes ", "y", "LEAD"})
    void aYesMakesTheDeviceLead(String typed) {
        asked();
        desk.type(typed + "\n");
        assertThat(desk.election.leads()).isTrue();
        assertThat(desk.printed()).contains("this device leads, token 1.1.").contains("settled: only_device: lead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "no", "N", "", "   "})
    void aNoOrNothingIsTheDefault(String typed) {
        asked();
        desk.type(typed + "\n");
        assertThat(desk.election.leads()).isFalse();
        assertThat(questions()).isEmpty();
        assertThat(desk.printed()).contains("settled: only_device: wait");
    }

    /** A device's name answers who shall lead, and not whether this one is alone. */
    @ParameterizedTest
    @ValueSource(strings = {"perhaps", "leader", "Laptop", "ok", "\u0000", "lead wait"})
    void whatIsNoAnswerIsAskedAgainAndTheQuestionStands(String typed) {
        asked();
        desk.type(typed + "\n");
        assertThat(desk.printed()).startsWith("only_device: one of [lead, wait]\n");
        assertThat(questions()).containsExactly(Question.ONLY_DEVICE);
        desk.type(typed + "\nlead\n");
        assertThat(desk.election.leads()).isTrue();
    }

    @Test
    void withoutAnAnswerTheDefaultCountsAndTheQuestionComesAgainLater() {
        asked();
        desk.seconds(600);
        assertThat(desk.printed()).contains("settled: only_device: wait");
        desk.type("lead\n");
        assertThat(desk.printed()).startsWith("nothing is asked now\n");
        assertThat(desk.election.leads()).as("a late answer answers nothing").isFalse();
        desk.seconds(700);
        assertThat(desk.printed()).contains("only device online");
        desk.type("yes\n");
        assertThat(desk.election.leads()).isTrue();
    }

    @Test
    void whatIsTypedBeforeAnythingIsAskedAnswersNothing() {
        desk.type("yes\nlead\n");
        assertThat(desk.printed()).contains("nothing is asked now\nnothing is asked now\n");
        asked();
        assertThat(desk.election.leads()).isFalse();
    }

    @Test
    void theEndOfTheInputEndsTheAnswersAndNotTheElection() {
        asked();
        desk.type("");
        assertThat(desk.printed()).isEqualTo("no more answers are typed here: use 'cairn leader answer'\n");
        desk.type("lead"); // a last line without an end
        assertThat(desk.election.leads()).isTrue();
    }

    @Test
    void anInputThatFailsEndsTheAnswersInOneLine() {
        asked();
        desk.listen(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
            }
        });
        assertThat(desk.printed()).isEqualTo("no more answers are typed here: Input/output error\n");
        assertThat(questions()).containsExactly(Question.ONLY_DEVICE);
    }

    @Test
    void aHugeLineIsNoAnswer() {
        asked();
        desk.type("x".repeat(1_000_000) + "\n");
        assertThat(desk.printed()).startsWith("only_device: one of [lead, wait]\n");
    }

    private static void together(long seconds, ElectionDesk... desks) {
        for (long done = 0; done < seconds; done += 5) {
            desks[0].time.advance(Duration.ofSeconds(5));
            for (ElectionDesk one : desks) {
                one.space.refresh();
                one.election.look();
            }
        }
    }

    @Test
    void whereALeaderIsToBeChosenADeviceIsNamed() {
        try (ElectionDesk phone = desk.joinedBy(root, "Phone", Mode.USER)) {
            together(200, desk, phone);
            assertThat(questions()).containsExactly(Question.CHOOSE_LEADER);
            desk.printed();
            desk.type("Tablet\n");
            assertThat(desk.printed()).startsWith("choose_leader: one of [lead, wait], or a device's name or id\n");
            desk.type("Phone\n");
            together(20, desk, phone);
            assertThat(phone.election.leads()).isTrue();
            assertThat(desk.printed()).contains("leader: Phone");
            assertThat(phone.printed()).contains("this device leads").contains("settled: choose_leader: lead");
        }
    }

    @Test
    void whoBeginsToListenHearsWhoLeadsAlready() {
        asked();
        desk.type("lead\n");
        desk.seconds(60);
        try (ElectionDesk phone = desk.joinedBy(root, "Phone", Mode.USER)) {
            assertThat(phone.printed())
                    .startsWith("taking part in the election in ")
                    .endsWith("leader: Laptop\n");
        }
    }
}
