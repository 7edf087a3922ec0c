package dev.cairn.system.mutant;

import dev.cairn.cli.fleet.CairnFleet;
import dev.cairn.cli.fleet.FleetOptions;
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
 * Plays devices whose machines are copied, in even seeds, or whose states are put back from backups, in odd ones, and
 * which then write before they have seen anything: copies go on like their originals, and processes end soon after they
 * have begun. Loaded by a {@link MutantLoader}.
 */
public final class CopiesProbe implements BiFunction<Path, Long, List<String>> {
    private static final int DEVICES = 2;
    private static final int COPIES = 2;
    private static final int STEPS = 120;

    /** The rules that were broken. */
    @Override
    public List<String> apply(Path scratch, Long seed) {
        Happening fault = seed % 2 == 0 ? Happening.CLONED : Happening.BACKUP_RESTORED;
        int machines = DEVICES + (seed % 2 == 0 ? COPIES : 0);
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Duration pause = Duration.ofMillis(1 + random.nextInt(40_000));
            steps.add(new Step(pause, random.nextInt(machines), happening(random, fault), random.nextLong()));
        }
        FleetOptions options = new FleetOptions("syncthing", DEVICES, Duration.ofMinutes(40), Set.of(fault), Set.of());
        return new CairnFleet(scratch, List.of())
                .play(seed, options, steps).broken().stream()
                        .map(Object::toString)
                        .toList();
    }

    private static Happening happening(SplittableRandom random, Happening fault) {
        int number = random.nextInt(20);
        if (number < 8) {
            return Happening.USE;
        }
        if (number < 14) {
            return Happening.RESTART;
        }
        if (number < 16) {
            return Happening.TICK;
        }
        return number < 18 ? fault : number < 19 ? Happening.OFFLINE : Happening.RECONNECT;
    }
}
