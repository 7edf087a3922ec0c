package dev.cairn.election.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What timers of a profile fit together, and what follows from them. */
final class TimersTest {
    private static Timers timers(long heartbeat, long grace, long threshold, long settle) {
        return new Timers(
                Duration.ofSeconds(heartbeat),
                Duration.ofSeconds(grace),
                Duration.ofSeconds(threshold),
                Duration.ofSeconds(settle));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 120, 600, 30, heartbeat",
        "-1, 120, 600, 30, heartbeat",
        "20, 120, 600, 0, settle",
        "20, 0, 600, 30, grace",
        "20, 39, 600, 30, two heartbeats",
        "20, 120, 599, 30, five times"
    })
    void whatDoesNotFitTogetherIsRefused(long heartbeat, long grace, long threshold, long settle, String why) {
        assertThatThrownBy(() -> timers(heartbeat, grace, threshold, settle))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void theProfilesAreThoseOfTheDocumentation() {
        assertThat(Timers.syncthing()).isEqualTo(timers(20, 120, 600, 30));
        assertThat(Timers.fast()).isEqualTo(timers(2, 10, 60, 3));
        assertThat(Timers.slow()).isEqualTo(timers(60, 600, 3_000, 120));
        assertThat(timers(20, 40, 200, 1).grace()).as("the least there may be").isEqualTo(Duration.ofSeconds(40));
    }

    /** What a leader promises itself ends a grace period and a heartbeat before what the others promise it. */
    @Test
    void aLeaseEndsBeforeThePatienceOfThoseWhoKeepToIt() {
        Timers timers = Timers.syncthing();
        assertThat(timers.leaseMillis(600_000)).isEqualTo(460_000);
        assertThat(timers.leaseMillis(100_000))
                .as("none of too little patience")
                .isZero();
        assertThat(timers.graceMillis(40_000)).isEqualTo(120_000);
        assertThat(timers.graceMillis(50_000)).isEqualTo(150_000);
        assertThat(timers.thresholdMillis(120_000)).isEqualTo(600_000);
        assertThat(timers.thresholdMillis(150_000)).isEqualTo(750_000);
    }

    @Test
    void aLargeFleetTakesItSlowerButNotSoSlowThatItSeemsDead() {
        Timers timers = Timers.syncthing();
        assertThat(timers.periodMillis(1)).isEqualTo(20_000);
        assertThat(timers.periodMillis(16)).isEqualTo(20_000);
        assertThat(timers.periodMillis(17)).isEqualTo(40_000);
        assertThat(timers.periodMillis(33)).isEqualTo(60_000);
        assertThat(timers.periodMillis(1_000)).isEqualTo(100_000);
    }
}
