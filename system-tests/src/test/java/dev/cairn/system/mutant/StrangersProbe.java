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
 * Plays devices of which two at a time join by one code, and are often parted: some work with one that is no member for
 * the others. Loaded by a {@link MutantLoader}.
 */
public final class StrangersProbe implements BiFunction<Path, Long, List<String>> {
    private static final int DEVICES = 5;
    private static final int STEPS = 100;

    /** The rules that were broken. */
    @Override
    public List<String> apply(Path scratch, Long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Duration pause = Duration.ofMillis(1 + random.nextInt(20_000));
            steps.add(new Step(pause, random.nextInt(DEVICES), happening(random), random.nextLong()));
        }
        Set<Happening> faults = Set.of(Happening.PARTITION, Happening.OFFLINE);
        FleetOptions options =
                new FleetOptions("syncthing", DEVICES, Duration.ofMinutes(40), faults, Set.of(Company.SHARED_CODES));
        return new CairnFleet(scratch, List.of())
                .play(seed, options, steps).broken().stream()
                        .map(Object::toString)
                        .toList();
    }

    private static Happening happening(SplittableRandom random) {
        int number = random.nextInt(20);
        if (number < 9) {
            return Happening.USE;
        }
        if (number < 14) {
            return Happening.TICK;
        }
        return number < 17 ? Happening.PARTITION : number < 18 ? Happening.OFFLINE : Happening.RECONNECT;
    }
}
