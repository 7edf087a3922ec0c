package dev.cairn.election.protocol;

import static dev.cairn.election.protocol.Stage.led;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measured round trip, and what follows from it: the first rule of SPEC section 23.4. */
final class SlowFolderTest {
    private static List<Event.GraceRaised> raised(Stage.Actor actor) {
        return actor.events.stream()
                .filter(Event.GraceRaised.class::isInstance)
                .map(Event.GraceRaised.class::cast)
                .toList();
    }

    @Test
    void aFastFolderChangesNothing() {
        Stage stage = led(Mode.AUTO, 3);
        for (Stage.Actor actor : stage.actors) {
            assertThat(raised(actor)).isEmpty();
            assertThat(actor.state.grace()).isEqualTo(Duration.ofMinutes(2));
            assertThat(actor.state.threshold()).isEqualTo(Duration.ofMinutes(10));
            assertThat(actor.state.roundTrip().orElseThrow()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(30));
        }
        assertThat(new Stage(Mode.AUTO, 1, 1).actor(0).state.roundTrip()).isEmpty();
    }

    @Test
    void graceIsThreeRoundTripsAndThePatienceFiveOfThat() {
        Stage stage = led(Mode.AUTO, 3);
        stage.delay = 60_000;
        stage.seconds(3_600);
        for (Stage.Actor actor : stage.actors) {
            Duration roundTrip = actor.state.roundTrip().orElseThrow();
            assertThat(roundTrip).isBetween(Duration.ofMinutes(2), Duration.ofSeconds(160));
            assertThat(actor.state.grace()).isEqualTo(roundTrip.multipliedBy(3));
            assertThat(actor.state.threshold()).isGreaterThanOrEqualTo(roundTrip.multipliedBy(15));
            assertThat(actor.disk.patienceMillis())
                    .as("others rely on it, also after a restart")
                    .isEqualTo(actor.state.threshold().toMillis());
            assertThat(raised(actor)).as("it is told, and not of every second").hasSizeBetween(1, 4);
            assertThat(raised(actor).get(0).graceMillis())
                    .isEqualTo(3 * raised(actor).get(0).roundTripMillis());
        }
    }

    @Test
    void whenItIsFastAgainOnlyWhoKeepsToNobodyLosesItsPatience() {
        Stage stage = led(Mode.AUTO, 3);
        stage.delay = 90_000;
        stage.seconds(3_600);
        stage.delay = 0;
        stage.seconds(3_600);
        assertThat(stage.leaders()).containsExactly(0);
        for (Stage.Actor actor : stage.actors) {
            assertThat(actor.state.grace()).isEqualTo(Duration.ofMinutes(2));
        }
        assertThat(stage.actor(0).state.threshold()).isEqualTo(Duration.ofMinutes(10));
        assertThat(stage.actor(0).disk.patienceMillis()).isEqualTo(600_000);
        assertThat(stage.actor(1).state.threshold()).isGreaterThan(Duration.ofMinutes(45));
        stage.actor(1).restart();
        stage.tick();
        assertThat(stage.actor(1).state.threshold())
                .as("nor does a restart shorten it")
                .isGreaterThan(Duration.ofMinutes(45));
    }

    /** One slow file of twenty makes nobody wait. */
    @Test
    void aSingleSlowFileIsNoSlowFolder() {
        Stage stage = led(Mode.AUTO, 2);
        stage.delay = 200_000;
        stage.seconds(20);
        stage.delay = 0;
        stage.seconds(1_200);
        assertThat(stage.actor(1).state.grace()).isEqualTo(Duration.ofMinutes(2));
    }
}
