package dev.cairn.system.mutant;

import dev.cairn.election.fleet.Nights;
import dev.cairn.election.fleet.Nights.Average;
import dev.cairn.election.fleet.Nights.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Plays a night of each fleet that elects by votes, from a seed, by the rule of {@code cairn simulate --election}:
 * never two leaders without a user's word. Loaded by a {@link MutantLoader}.
 */
public final class NightProbe implements BiFunction<Path, Long, List<String>> {
    private static final Duration NIGHT = Duration.ofHours(8);

    /** The rules that were broken. */
    @Override
    public List<String> apply(Path scratch, Long seed) {
        List<String> broken = new ArrayList<>();
        Nights.fleets().forEach((name, weather) -> {
            Average night = Nights.average(Rules.QUORUM, weather.withLength(NIGHT), seed, seed);
            if (weather.confirms() == 0 && night.runsWithTwo() > 0) {
                broken.add(name + ": two leaders at once");
            }
            if (night.elections() == 0) {
                broken.add(name + ": nobody ever leads");
            }
        });
        return broken;
    }
}
