package dev.cairn.system.mutant;

import dev.cairn.cli.fleet.CairnFleet;
import dev.cairn.cli.fleet.FleetOptions;
import dev.cairn.cli.fleet.FleetOptions.Company;
import dev.cairn.simulation.fleet.Happening;
import dev.cairn.simulation.fleet.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * Plays two devices which write far more than those of a mixed fleet do, into files that never change, while nothing
 * goes wrong: then the number of files is what it must not be. Loaded by a {@link MutantLoader}.
 */
public final class BusyProbe implements BiFunction<Path, Long, List<String>> {
    private static final int DEVICES = 2;
    private static final int CHANGES = 400;

    /** The rules that were broken. */
    @Override
    public List<String> apply(Path scratch, Long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            Duration pause = Duration.ofMillis(30_000 + random.nextInt(30_000));
            steps.add(new Step(pause, i % DEVICES, Happening.USE, random.nextLong()));
            steps.add(new Step(Duration.ofSeconds(10), i % DEVICES, Happening.TICK, random.nextLong()));
        }
        FleetOptions options =
                new FleetOptions("syncthing", DEVICES, Duration.ofHours(8), Set.of(), Set.of(Company.SEALED));
        return new CairnFleet(scratch, List.of())
                .play(seed, options, steps).broken().stream()
                        .map(Object::toString)
                        .toList();
    }
}
