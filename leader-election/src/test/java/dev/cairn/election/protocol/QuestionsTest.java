package dev.cairn.election.protocol;

import static dev.cairn.election.protocol.Stage.answer;
import static dev.cairn.election.protocol.Stage.led;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.election.Choice;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Lock.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What users are asked, for how long, and what their answers do. */
final class QuestionsTest {
    private static Prompt asked(Stage.Actor actor, Question question) {
        return actor.events.stream()
                .filter(Event.Asked.class::isInstance)
                .map(event -> ((Event.Asked) event).prompt())
                .filter(prompt -> prompt.question() == question)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static long count(Stage.Actor actor, Class<? extends Event> type) {
        return actor.events.stream().filter(type::isInstance).count();
    }

    /** One of three that is alone. */
    private static Stage alone() {
        Stage stage = new Stage(Mode.AUTO, 3, 1);
        stage.isolate(2);
        stage.secondsUntil(() -> stage.actor(2).isAsked(Question.ONLY_DEVICE));
        return stage;
    }

    @Test
    void aQuestionStandsForTheThresholdAndIsAskedAgainAsLongAfterwards() {
        Stage stage = alone();
        Stage.Actor actor = stage.actor(2);
        assertThat(asked(actor, Question.ONLY_DEVICE).defaultAnswer()).isEqualTo(Prompt.WAIT);
        assertThat(actor.phase()).isEqualTo(Phase.NEED_USER);
        assertThat(stage.secondsUntil(() -> actor.questions().isEmpty())).isEqualTo(600);
        assertThat(actor.events).endsWith(new Event.Settled(Question.ONLY_DEVICE, Prompt.WAIT));
        assertThat(actor.phase()).isEqualTo(Phase.FOLLOWER);
        assertThat(stage.secondsUntil(() -> !actor.questions().isEmpty())).isEqualTo(600);
        assertThat(actor.questions()).containsExactly(Question.ONLY_DEVICE);
        assertThat(count(actor, Event.Asked.class)).isEqualTo(2);
    }

    @Test
    void whoeverSaysThatItWaitsIsLeftAloneForAsLong() {
        Stage stage = alone();
        Stage.Actor actor = stage.actor(2);
        actor.commands.add(new Command.Answer(Question.ONLY_DEVICE, Prompt.WAIT, "Ann"));
        stage.tick();
        assertThat(actor.questions()).isEmpty();
        assertThat(actor.phase()).isEqualTo(Phase.FOLLOWER);
        assertThat(actor.disk.choice()).contains(new Choice(Question.ONLY_DEVICE, 0, 0, Prompt.WAIT, "Ann"));
        assertThat(stage.secondsUntil(() -> !actor.questions().isEmpty())).isEqualTo(600);
    }

    @Test
    void anAnswerToWhatWasNotAskedIsNone() {
        Stage stage = alone();
        stage.actor(2).commands.add(answer(Question.CHOOSE_LEADER, Prompt.LEAD));
        stage.tick();
        assertThat(stage.actor(2).disk.choice()).isEmpty();
        assertThat(stage.actor(2).leads()).isFalse();
        assertThat(count(stage.actor(2), Event.Settled.class)).isZero();
    }

    @Test
    void whenOthersAreThereNobodyIsAskedAnyMoreWhetherItIsAlone() {
        Stage stage = alone();
        stage.heal();
        stage.seconds(30);
        assertThat(stage.actor(2).questions()).isEmpty();
        assertThat(stage.actor(2).events).contains(new Event.Settled(Question.ONLY_DEVICE, Prompt.WAIT));
        assertThat(stage.actor(2).phase()).isEqualTo(Phase.FOLLOWER);
    }

    @Test
    void whoAsksAndIsNamedOnAnotherDeviceLeads() {
        Stage stage = new Stage(Mode.USER, 2, 1);
        stage.secondsUntil(() -> stage.actor(0).isAsked(Question.CHOOSE_LEADER));
        assertThat(asked(stage.actor(0), Question.CHOOSE_LEADER).text()).startsWith("No device leads.");
        stage.actor(1)
                .commands
                .add(answer(Question.CHOOSE_LEADER, Stage.writer(1).toString()));
        stage.seconds(10);
        assertThat(stage.leaders()).containsExactly(1);
        assertThat(stage.actor(0).events).contains(new Event.Settled(Question.CHOOSE_LEADER, Prompt.WAIT));
    }

    @Nested
    class AboutClocks {
        private final Stage stage = led(Mode.AUTO, 3);
        private final Stage.Puppet other = stage.puppet(2);

        private void ahead(long minutes) {
            other.wall = Stage.WALL + Duration.ofMinutes(minutes).toMillis();
            stage.seconds(25, other);
            stage.seconds(25, other); // it is there only when a second lock is seen
        }

        @Test
        void theyMayDifferByTheThresholdAndTenMinutes() {
            ahead(20);
            ahead(-20);
            assertThat(stage.actor(0).questions()).isEmpty();
        }

        @Test
        void moreIsSaidOnceForEachStartOfTheOther() {
            for (int start = 1; start <= 2; start++) {
                other.incarnation = start;
                ahead(start == 1 ? 25 : -25);
                assertThat(stage.actor(0).questions()).containsExactly(Question.CLOCK_SKEW);
                assertThat(asked(stage.actor(0), Question.CLOCK_SKEW).text()).contains(" 25 minutes ");
                assertThat(asked(stage.actor(0), Question.CLOCK_SKEW).about())
                        .isEqualTo(other.writer().toString());
                stage.seconds(2_000, other);
                assertThat(stage.actor(0).events.stream()
                                .filter(event -> event instanceof Event.Asked asked
                                        && asked.prompt().question() == Question.CLOCK_SKEW))
                        .hasSize(start);
            }
        }
    }

    @Nested
    class AboutTheLost {
        private final Stage stage = led(Mode.AUTO, 3);
        private final Stage.Actor actor = stage.actor(0);

        @Test
        void nobodyIsAskedBeforeThirtyDays() {
            Stage.Puppet lost = stage.puppet(2);
            lost.wall = Stage.WALL - Duration.ofDays(29).toMillis();
            stage.seconds(25, lost);
            stage.seconds(1_000);
            assertThat(actor.isAsked(Question.EVICT_DEVICE)).isFalse();
        }

        @Test
        void whoIsThereIsNotLostWhateverItsClockSays() {
            Stage.Puppet there = stage.puppet(2);
            there.wall = Stage.WALL - Duration.ofDays(40).toMillis();
            stage.seconds(1_000, there);
            assertThat(actor.isAsked(Question.EVICT_DEVICE)).isFalse();
            stage.seconds(700);
            assertThat(actor.isAsked(Question.EVICT_DEVICE)).isTrue();
            assertThat(asked(actor, Question.EVICT_DEVICE).about())
                    .isEqualTo(Stage.device(2).toString());
            stage.seconds(600);
            assertThat(actor.events).contains(new Event.Settled(Question.EVICT_DEVICE, Prompt.WAIT));
            assertThat(stage.electorate).hasSize(3);
            stage.seconds(2_000);
            assertThat(count(actor, Event.Asked.class))
                    .as("and it was asked once")
                    .isEqualTo(2); // with its clock
        }
    }

    @Nested
    class AboutLateWrites {
        private final Stage stage = led(Mode.AUTO, 1);
        private final Stage.Actor actor = stage.actor(0);

        private void tell(String text) {
            actor.commands.add(new Command.Tell(Question.LATE_WRITES, text));
            stage.tick();
        }

        @Test
        void theNewestIsToldAndNothingTwice() {
            tell("1 write");
            tell("1 write");
            tell("2 writes");
            assertThat(actor.state.prompts()).extracting(Prompt::text).containsExactly("2 writes");
            assertThat(count(actor, Event.Asked.class)).isEqualTo(2);
            actor.commands.add(answer(Question.LATE_WRITES, Prompt.OK));
            stage.tick();
            assertThat(actor.questions()).isEmpty();
            tell("2 writes");
            assertThat(actor.questions()).isEmpty();
            tell("3 writes");
            assertThat(actor.questions()).isEqualTo(List.of(Question.LATE_WRITES));
        }
    }
}
