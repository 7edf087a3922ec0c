package dev.cairn.election.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.election.protocol.Mode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is counted of a night, and on average of several. */
final class NightsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aNightOfOneDeviceIsCountedByTheTick() {
        Weather weather = Weather.fair(1).withLength(Duration.ofMinutes(10));
        Outcome cairn = FleetRun.cairn(Mode.AUTO, weather, new Random(1));
        assertThat(cairn.noLeader()).as("150 s of 600 s").isEqualTo(0.25);
        assertThat(cairn.twoLeaders()).isZero();
        assertThat(cairn.elections()).isEqualTo(1);
        assertThat(cairn.prompts()).isZero();
        assertThat(cairn.conflictCopies()).isZero();
        assertThat(cairn.files()).as("locks, a ballot and a claim").isBetween(30L, 40L);
        Outcome idea = FleetRun.publishedIdea(weather, new Random(1));
        assertThat(idea.noLeader()).as("240 s of 600 s").isEqualTo(0.4);
        assertThat(idea.elections()).isEqualTo(1);
        assertThat(idea.files()).isBetween(30L, 40L);
    }

    @Test
    void twoThatAreApartAndBelieveItLeadAtOnce() {
        Weather weather = Weather.fair(2)
                .withLength(Duration.ofHours(6))
                .withLinkDown(0.6)
                .withBreaks(Duration.ofMinutes(40))
                .withConfirms(1);
        double two = 0;
        long prompts = 0;
        for (int seed = 0; seed < 5; seed++) {
            Outcome outcome = FleetRun.publishedIdea(weather, new Random(seed));
            two += outcome.twoLeaders() / 5;
            prompts += outcome.prompts();
            assertThat(outcome.twoLeaders() + outcome.noLeader()).isLessThan(1);
        }
        assertThat(two).isBetween(0.1, 0.9);
        assertThat(prompts).isPositive();
        Outcome sure = FleetRun.cairn(Mode.QUORUM, weather, new Random(1));
        assertThat(sure.prompts()).as("also these users are asked").isPositive();
    }

    @Test
    void processesStartAgainAsOftenAsTheWeatherSays() {
        Weather weather = Weather.fair(1).withLength(Duration.ofHours(30));
        assertThat(FleetRun.cairn(Mode.AUTO, weather, new Random(1)).elections())
                .isEqualTo(1);
        assertThat(FleetRun.cairn(Mode.AUTO, weather.withRestarts(HOUR), new Random(1))
                        .elections())
                .isBetween(15L, 40L);
    }

    @Test
    void whoSleepsLeadsNobody() {
        Weather weather = Weather.fair(1).withLength(Duration.ofHours(100)).withSleep(0.4, Duration.ZERO);
        assertThat(FleetRun.publishedIdea(weather, new Random(1)).noLeader()).isBetween(0.27, 0.53);
    }

    @Test
    void anAverageIsThatOfItsNights() {
        Weather weather = Weather.fair(3).withLength(HOUR).withLinkDown(0.5).withConfirms(0.5);
        for (Nights.Rules rules : Nights.Rules.values()) {
            Nights.Average both = Nights.average(rules, weather, 3, 4);
            Nights.Average one = Nights.average(rules, weather, 3, 3);
            Nights.Average other = Nights.average(rules, weather, 4, 4);
            assertThat(both.twoLeaders()).isEqualTo((one.twoLeaders() + other.twoLeaders()) / 2, within(1e-9));
            assertThat(both.noLeader()).isEqualTo((one.noLeader() + other.noLeader()) / 2, within(1e-9));
            assertThat(both.elections()).isEqualTo((one.elections() + other.elections()) / 2, within(1e-9));
            assertThat(both.conflictCopies())
                    .isEqualTo((one.conflictCopies() + other.conflictCopies()) / 2, within(1e-9));
            assertThat(both.runsWithTwo()).isEqualTo(one.runsWithTwo() + other.runsWithTwo());
            assertThat(one.runsWithTwo()).isEqualTo(one.twoLeaders() > 0 ? 1 : 0);
        }
    }

    @Test
    void eachRuleIsPlayedByItsOwn() {
        Weather alone = Weather.fair(1).withLength(Duration.ofMinutes(10));
        assertThat(Nights.average(Nights.Rules.PUBLISHED_IDEA, alone, 1, 3).noLeader())
                .isEqualTo(0.4, within(1e-9));
        assertThat(Nights.average(Nights.Rules.GRACE, alone, 1, 3).noLeader()).isEqualTo(0.25, within(1e-9));
        Weather three = Weather.fair(3).withLength(HOUR);
        assertThat(Nights.average(Nights.Rules.GRACE, three, 1, 3))
                .isNotEqualTo(Nights.average(Nights.Rules.QUORUM, three, 1, 3));
    }

    @Test
    void theFleetsAreThoseOfTheDocumentation() {
        assertThat(Nights.fleets().keySet())
                .containsExactly(
                        "3 devices, always on, files take 5-40 s",
                        "asleep 15 %, clocks 20 min wrong",
                        "links down 20 %, half of the questions confirmed",
                        "links down 20 %",
                        "5 devices, links down 20 %",
                        "files take 60-400 s");
        assertThat(Nights.fleets().values())
                .allMatch(weather -> weather.length().equals(Duration.ofHours(8)));
        assertThat(Nights.fleets().values()).extracting(Weather::devices).containsExactly(3, 3, 3, 3, 5, 3);
    }
}
