package dev.cairn.election.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.protocol.Mode;
import java.time.Duration;
import java.util.Map;
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

    /** Counted in the second half, when everybody has a leader: a lock for each period and device, and nothing else. */
    @Test
    void anIdleFleetWritesOneFileForEachPeriodAndDevice() {
        Map<Integer, Long> periodSeconds = Map.of(1, 20L, 3, 20L, 16, 20L, 100, 100L);
        periodSeconds.forEach((devices, period) -> {
            Duration half = Duration.ofMinutes(devices > 16 ? 10 : 30);
            Weather weather = Weather.fair(devices).withLength(half);
            long first = FleetRun.cairn(Mode.AUTO, weather, new Random(7)).files();
            long both = FleetRun.cairn(Mode.AUTO, weather.withLength(half.multipliedBy(2)), new Random(7))
                    .files();
            assertThat(both - first).as("%d devices", devices).isBetween(1L, devices * (half.toSeconds() / period));
        });
    }

    /** The figures that {@code cairn simulate --election --devices 100} prints. */
    @Test
    void anIdleDayOfAHundredDevicesIsNotMoreThanDocumented() {
        Nights.Idle idle = Nights.idle(100);
        assertThat(idle.files()).isBetween(50_000L, 125_000L);
        assertThat(idle.bytes()).isEqualTo(idle.files() * Nights.LOCK_BYTES);
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
