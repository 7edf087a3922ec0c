package dev.cairn.cli.fleet;

import dev.cairn.cli.fleet.FleetResult.Broken;
import dev.cairn.format.Bytes;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import dev.cairn.simulation.fleet.Happening;
import dev.cairn.simulation.fleet.SimulatedDevice;
import dev.cairn.simulation.fleet.Simulation;
import dev.cairn.simulation.fleet.SimulationFailure;
import dev.cairn.simulation.fleet.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs a fleet of real Cairn devices in simulation and checks that every rule holds.
 *
 * <p>Folders, time, chance and the sync tool are simulated; spaces, keys, encryption and the local stores are real. One
 * run uses one thread, and the same seed gives the same run.
 */
public final class CairnFleet {
    /** Rounds in which a healed fleet must agree. */
    private static final int ROUNDS = 12;

    /** A verdict on a file is looked at again within an hour. */
    private static final Duration VERDICTS = Duration.ofMinutes(61);

    /** Files which could not be read are looked at again after ten minutes. */
    private static final Duration PAUSE = Duration.ofMinutes(11);

    /**
     * What a device has lost with its state, or a hostile one deletes, others rescue after a day or two; what is
     * damaged in one folder only, after some days.
     */
    private static final int LATE_ROUNDS = 8;

    private static final Duration LATE_PAUSE = Duration.ofHours(26);

    private final Path scratch;
    private final List<FleetInvariant> invariants;
    private final BiFunction<SimulatedDevice, Oracle, FleetMember> starter;
    private Consumer<String> trace = line -> {};

    /**
     * A runner.
     *
     * @param scratch where runs put their local stores, each into a directory of its own which is removed afterwards
     * @param more rules beside those of the store itself
     */
    public CairnFleet(Path scratch, List<FleetInvariant> more) {
        this(scratch, more, CairnFleet::member);
    }

    /** The same with processes that start as the caller wants. */
    CairnFleet(Path scratch, List<FleetInvariant> more, BiFunction<SimulatedDevice, Oracle, FleetMember> starter) {
        this.starter = starter;
        this.scratch = scratch;
        this.invariants = new ArrayList<>(Invariants.ALL);
        this.invariants.addAll(more);
        this.invariants.add(new Newcomer(scratch)); // the last, since it changes who belongs to the space
    }

    private static FleetMember member(SimulatedDevice device, Oracle oracle) {
        return oracle.isHostile(device.name()) ? new HostileMember(device, oracle) : new CairnApp(device, oracle);
    }

    private static List<CairnApp> honest(Simulation<FleetMember> fleet) {
        return fleet.apps().stream()
                .filter(CairnApp.class::isInstance)
                .map(CairnApp.class::cast)
                .toList();
    }

    /** The devices of which nothing is expected. */
    private static Set<String> outside(Simulation<FleetMember> fleet, Oracle oracle) {
        return fleet.devices().stream()
                .filter(device -> oracle.isHostile(device) || oracle.isStranger(device))
                .collect(Collectors.toSet());
    }

    /** Hands every line of the timelines to {@code sink}. */
    public void trace(Consumer<String> sink) {
        trace = sink;
    }

    /** Plays the run of a seed. */
    public FleetResult run(long seed, FleetOptions options) {
        SplittableRandom random = new SplittableRandom(seed);
        return play(seed, options, Step.of(random, options.span(), options.devices(), options.faults()));
    }

    /** Plays given steps on a fleet of a seed. */
    public FleetResult play(long seed, FleetOptions options, List<Step> steps) {
        Oracle oracle = new Oracle(options.company());
        if (options.hostile()) {
            oracle.distrust("device-" + (options.devices() - 1));
        }
        Set<String> happened = new TreeSet<>();
        steps.stream().map(Step::happening).filter(Happening::isFault).forEach(each -> happened.add(each.label()));
        try (Simulation<FleetMember> fleet = Simulation.of(options.tool(), seed)
                .devices(options.devices())
                .faults(options.faults())
                .statesIn(scratch.resolve("fleet-" + seed))
                .listener(oracle)
                .start(device -> starter.apply(device, oracle))) {
            fleet.timeline().onLine(trace);
            List<Broken> broken = new ArrayList<>();
            try {
                Acts acts = new Acts(fleet, oracle);
                acts.play(steps);
                heal(fleet, acts, oracle, happened);
                broken.addAll(checkHealed(fleet, oracle, happened));
                if (!broken.isEmpty()) {
                    honest(fleet)
                            .forEach(app -> app.space()
                                    .ifPresent(space -> app.device().timeline().accept("status " + space.status())));
                }
            } catch (SimulationFailure failure) {
                broken.add(new Broken("no-unexpected-failure", describe(failure)));
            }
            return new FleetResult(
                    seed,
                    options,
                    broken,
                    fleet.counters().steps(),
                    fleet.counters().fileEvents(),
                    oracle.promises().kept(),
                    oracle.retiring().count().now(),
                    fleet.devices().size(),
                    fleet.timeline().fingerprint(),
                    fleet.timeline().tail(40));
        } catch (SimulationFailure failure) {
            return new FleetResult(
                    seed,
                    options,
                    List.of(new Broken("no-unexpected-failure", describe(failure))),
                    0,
                    0,
                    0,
                    Retirements.NONE,
                    0,
                    "",
                    List.of());
        }
    }

    private static String describe(SimulationFailure failure) {
        Throwable cause = Optional.ofNullable(failure.getCause()).orElse(failure);
        String where = cause.getStackTrace().length == 0 ? "" : " at " + cause.getStackTrace()[0];
        return failure.getMessage() + where;
    }

    /** What nobody missed before somebody new came is rescued after a day, too. */
    private List<Broken> checkHealed(Simulation<FleetMember> fleet, Oracle oracle, Set<String> happened) {
        List<Broken> broken = check(view(fleet, oracle, happened));
        boolean waits = broken.stream().allMatch(each -> each.invariant().equals(Newcomer.NAME));
        if (broken.isEmpty() || !waits || !isRescueNeeded(fleet, oracle, happened)) {
            return broken;
        }
        fleet.settle(LATE_ROUNDS, LATE_PAUSE, () -> false);
        return check(view(fleet, oracle, happened));
    }

    private static boolean isRescueNeeded(Simulation<FleetMember> fleet, Oracle oracle, Set<String> happened) {
        return happened.contains(Happening.BACKUP_RESTORED.label())
                || happened.contains(Happening.BIT_FLIP.label())
                || !outside(fleet, oracle).isEmpty();
    }

    private static void heal(Simulation<FleetMember> fleet, Acts acts, Oracle oracle, Set<String> happened) {
        oracle.heal();
        fleet.heal();
        acts.calm();
        oracle.slowDown();
        BooleanSupplier isDone = () -> {
            honest(fleet).forEach(CairnApp::catchUp);
            return agree(fleet, oracle);
        };
        boolean done = fleet.settle(ROUNDS, PAUSE, isDone);
        if (!done && isRescueNeeded(fleet, oracle, happened)) {
            fleet.settle(LATE_ROUNDS, LATE_PAUSE, isDone);
        }
        fleet.sync().advance(VERDICTS);
        fleet.settle(ROUNDS, PAUSE, isDone);
    }

    private static boolean agree(Simulation<FleetMember> fleet, Oracle oracle) {
        List<Space> spaces =
                honest(fleet).stream().flatMap(app -> app.space().stream()).toList();
        return spaces.size() == fleet.devices().size() - outside(fleet, oracle).size()
                && spaces.stream().map(Space::stateHash).distinct().count() == 1
                && spaces.stream().allMatch(space -> holdsAll(CairnApp.shown(space), oracle))
                && fleet.sync().isIdle();
    }

    private static boolean holdsAll(SortedSet<Integer> shown, Oracle oracle) {
        for (int number = 0; number < oracle.promises().size(); number++) {
            if (!oracle.promises().isDoubtful(number) && !shown.contains(number)) {
                return false;
            }
        }
        return true;
    }

    private static FleetView view(Simulation<FleetMember> fleet, Oracle oracle, Set<String> happened) {
        SortedMap<String, Space> spaces = new TreeMap<>();
        SortedMap<String, Path> folders = new TreeMap<>();
        SortedMap<String, String> leaders = new TreeMap<>();
        List<Bytes> keys = new ArrayList<>();
        Map<String, SortedSet<Integer>> shown = new HashMap<>();
        fleet.sync().settle();
        for (CairnApp app : honest(fleet)) {
            String device = app.device().name();
            folders.put(device, fleet.folder(device));
            app.keyFile().ifPresent(keys::add);
            app.namesLeader().ifPresent(token -> leaders.put(device, token.toString()));
            app.space().ifPresent(space -> {
                spaces.put(device, space);
                shown.put(device, CairnApp.shown(space));
            });
        }
        oracle.judgeTouched();
        oracle.judgeWriters(spaces);
        spaces.forEach((device, space) -> oracle.retiring().judgeGivenUp(device, space));
        return new FleetView(
                spaces,
                folders,
                shown,
                oracle.promises(),
                happened,
                outside(fleet, oracle),
                keys,
                leaders,
                oracle.noted());
    }

    /** Every rule which a fleet breaks. */
    List<Broken> check(FleetView view) {
        List<Broken> broken = new ArrayList<>();
        for (FleetInvariant invariant : invariants) {
            try {
                invariant.broken(view).forEach(line -> broken.add(new Broken(invariant.name(), line)));
            } catch (SpaceException refused) {
                broken.add(new Broken(invariant.name(), "cannot be checked: " + refused.getMessage()));
            }
        }
        return broken;
    }
}
