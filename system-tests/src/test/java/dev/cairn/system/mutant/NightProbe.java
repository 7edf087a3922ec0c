package dev.cairn.system.mutant;

import dev.cairn.election.fleet.Nights;
import dev.cairn.election.fleet.Nights.Average;
import dev.cairn.election.fleet.Nights.Rules;
import dev.cairn.election.fleet.Weather;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Plays a night of each fleet that elects by votes, from a seed, by the rule of {@code cairn simulate --election}:
 * never two leaders without a user's word. Loaded by a {@link MutantLoader}.
 */
public final class NightProbe implements BiFunction<Path, Long, List<String>> {
    private static final Duration NIGHT = Duration.ofHours(8);

    /** What votes and leases are for: a leader that is cut off from all others while some of them are not. */
    private static final Map<String, Weather> STORMS = Map.of(
            "3 devices, links down half of the time", Weather.fair(3).withLinkDown(0.5),
            "5 devices, links down half of the time", Weather.fair(5).withLinkDown(0.5),
            "3 devices that start again every five minutes, links down half of the time for some minutes",
                    Weather.fair(3)
                            .withLinkDown(0.5)
                            .withBreaks(Duration.ofMinutes(4))
                            .withSleep(0, Duration.ofHours(6))
                            .withRestarts(Duration.ofMinutes(5)),
            "3 devices that start again every two minutes, links down 70 % of the time for some minutes",
                    Weather.fair(3)
                            .withLinkDown(0.7)
                            .withBreaks(Duration.ofMinutes(3))
                            .withSleep(0, Duration.ofHours(6))
                            .withRestarts(Duration.ofMinutes(2)),
            "3 devices, files take 5-90 s, links down 35 %, asleep 20 %",
                    Weather.fair(3)
                            .withDelay(Duration.ofSeconds(5), Duration.ofSeconds(90))
                            .withLinkDown(0.35)
                            .withSleep(0.2, Duration.ofHours(1)));

    /** The rules that were broken. */
    @Override
    public List<String> apply(Path scratch, Long seed) {
        List<String> broken = new ArrayList<>();
        STORMS.forEach((name, weather) -> play(name, weather, seed, broken));
        Nights.fleets().forEach((name, weather) -> {
            play(name, weather, seed, broken);
            if (Nights.average(Rules.QUORUM, weather.withLength(NIGHT), seed, seed)
                            .elections()
                    == 0) {
                broken.add(name + ": nobody ever leads");
            }
        });
        return broken;
    }

    private static void play(String name, Weather weather, long seed, List<String> broken) {
        Average night = Nights.average(Rules.QUORUM, weather.withLength(NIGHT), seed, seed);
        if (weather.confirms() == 0 && night.runsWithTwo() > 0) {
            broken.add(name + ": two leaders at once");
        }
    }
}
