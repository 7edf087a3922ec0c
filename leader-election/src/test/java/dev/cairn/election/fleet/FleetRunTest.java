package dev.cairn.election.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.protocol.Mode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the rules come to in the long run, beside the idea they were made from. */
final class FleetRunTest {
    private static final int SEEDS = 4;

    private static Outcome cairn(Mode mode, Weather weather, int seed) {
        return FleetRun.cairn(mode, weather.withLength(Duration.ofHours(3)), new Random(seed));
    }

    @Test
    void devicesThatAreAlwaysOnElectOnceAndForAll() {
        for (int seed = 0; seed < SEEDS; seed++) {
            for (Mode mode : new Mode[] {Mode.GRACE, Mode.QUORUM}) {
                Outcome outcome = cairn(mode, Weather.fair(3), seed);
                assertThat(outcome.elections()).as("%s, seed %d", mode, seed).isEqualTo(1);
                assertThat(outcome.twoLeaders()).isZero();
                assertThat(outcome.noLeader()).isLessThan(0.06);
            }
        }
    }

    @Test
    void aQuorumNeverHasTwoLeadersHoweverTheLinksBreak() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Weather weather = Weather.fair(5).withLinkDown(0.4).withSleep(0.15, Duration.ofMinutes(20));
            assertThat(cairn(Mode.QUORUM, weather, seed).twoLeaders()).isZero();
        }
    }

    @Test
    void filesSlowerThanTheGracePeriodDelayTheLeaderAndMakeNoSecondOne() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Weather weather = Weather.fair(3).withDelay(Duration.ofSeconds(60), Duration.ofSeconds(400));
            Outcome outcome = cairn(Mode.QUORUM, weather, seed);
            assertThat(outcome.twoLeaders()).isZero();
            assertThat(outcome.noLeader()).as("seed %d", seed).isLessThan(0.4);
        }
    }

    @Test
    void theIdeaAsPublishedHasTwoLeadersWhereLinksBreak() {
        double two = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Weather weather = Weather.fair(3).withLinkDown(0.2);
            two += FleetRun.publishedIdea(weather, new Random(seed)).twoLeaders();
        }
        assertThat(two).as("else the comparison says nothing").isPositive();
    }
}
