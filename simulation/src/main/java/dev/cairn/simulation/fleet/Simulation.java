package dev.cairn.simulation.fleet;

import dev.cairn.simulation.SimulatedSync;
import dev.cairn.simulation.Timeline;
import dev.cairn.simulation.disk.FaultyFileSystem;
import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.time.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A fleet of simulated devices which runs an application under everything that can happen to it, from one seed.
 *
 * <p>One thread, no real time: the same seed and the same application give the same {@link #timeline()}, byte for byte.
 *
 * <pre>{@code
 * try (Simulation<Notes> fleet = Simulation.of(SyncProfile.syncthing(), seed)
 *         .faults(Happening.faults())
 *         .start(device -> new Notes(device.folder()))) {
 *     fleet.run(Duration.ofHours(8));
 *     fleet.heal();
 *     fleet.apps().forEach(notes -> assertThat(notes.all()).isEqualTo(expected));
 * }
 * }</pre>
 *
 * @param <A> the application
 */
public final class Simulation<A extends SimulatedApp> implements AutoCloseable {

    /** Clones at most, so that a run does not fill the machine. */
    static final int CLONES_MAX = 2;

    private static final Duration WRITE_BACK = Duration.ofSeconds(30);

    private final SplittableRandom random;
    private final Set<Happening> faults;
    private final SimulatedSync sync;
    private final States states;
    private final FleetListener listener;
    private final Machine.Surroundings<A> around;
    private final List<Machine<A>> machines = new ArrayList<>();
    private final Faults<A> happenings;
    private final Set<Long> cloneSeeds = new HashSet<>();
    private int clones;
    private long steps;

    Simulation(SimulationSetup setup, States states, AppStart<A> starter) {
        this.random = new SplittableRandom(setup.seed);
        this.faults = Set.copyOf(setup.faults);
        this.sync = SimulatedSync.of(setup.tool, setup.seed);
        this.states = states;
        this.listener = setup.listener;
        this.around = new Machine.Surroundings<>(states, starter, sync, listener);
        this.happenings = new Faults<>(this, sync, listener);
        for (int i = 0; i < setup.devices; i++) {
            String name = "device-" + i;
            VirtualClock clock = sync.time().clock();
            FaultyFileSystem disk = setup.disks.get(i % setup.disks.size()).newFaultyDisk(clock);
            add(
                    new Machine.Hardware(name, disk, folderOn(disk, name), clock, random.nextLong()),
                    states.fresh(name, disk));
        }
    }

    /** Begins to describe a fleet whose devices are joined by a tool. */
    public static SimulationSetup of(SyncProfile tool, long seed) {
        return new SimulationSetup(tool, seed);
    }

    private static Path folderOn(FaultyFileSystem disk, String name) {
        Path folder = disk.getRootDirectories().iterator().next().resolve(name);
        try {
            Files.createDirectories(folder);
            disk.writeBack();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
    }

    private Machine<A> add(Machine.Hardware hardware, Path state) {
        Machine<A> machine = new Machine<>(hardware, state, around);
        sync.join(hardware.name(), machine.realFolder(), machine.clock());
        machines.add(machine);
        return machine;
    }

    void startAll() {
        machines.forEach(Machine::start);
    }

    /** Lets the seed choose what happens for so long. */
    public void run(Duration span) {
        play(Step.of(random, span, machines.size(), faults));
    }

    /** Plays given steps. */
    public void play(List<Step> given) {
        given.forEach(this::play);
    }

    private void play(Step step) {
        sync.advance(step.pause());
        Machine<A> machine = machines.get(step.device() % machines.size());
        steps++;
        machine.calm(false);
        if (step.pause().compareTo(WRITE_BACK) >= 0) {
            machine.writeBack();
        }
        switch (step.happening()) {
            case USE -> machine.use(new SplittableRandom(step.choice()));
            case TICK -> machine.tick();
            case RESTART -> {
                sync.note(machine.name(), "restarts");
                machine.stop();
                machine.start();
            }
            default -> happenings.happen(step, machine);
        }
    }

    /** Copies a device as it is, once or twice in a run. */
    void cloneOf(Machine<A> original, long seed) {
        if (clones == CLONES_MAX) {
            return;
        }
        String name = original.name() + "-clone" + ++clones;
        VirtualClock clock = sync.time().clock();
        FaultyFileSystem disk = SimulatedDisks.unix().newFaultyDisk(clock);
        Path folder = folderOn(disk, name);
        Faults.copyFolder(original.realFolder(), disk.unwrap(folder));
        Machine.Hardware hardware = new Machine.Hardware(name, disk, folder, clock, chanceOfItsOwn(seed));
        Machine<A> clone = add(hardware, original.stateFor(name, disk));
        listener.cloned(original.name(), name);
        clone.start();
    }

    /** No two clones draw the same numbers, although two steps may have been given the same choice. */
    private long chanceOfItsOwn(long choice) {
        long seed = choice;
        while (!cloneSeeds.add(seed)) {
            seed++;
        }
        return seed;
    }

    /**
     * Ends every fault, brings everything back that can come back, and starts what does not run. Clocks go at their
     * right rate again, and stay as wrong as they are.
     */
    public void heal() {
        sync.note("fleet", "healed");
        happenings.end();
        machines.forEach(machine -> machine.calm(true));
        machines.forEach(machine -> machine.clock().setRate(1));
        sync.heal();
        machines.forEach(Machine::start);
    }

    /**
     * Lets applications and tool work until the answer is yes, at most so many rounds: in each, every application does
     * what it does by itself, the tool settles, and a pause passes.
     *
     * @return whether it was
     */
    public boolean settle(int roundsMax, Duration pause, BooleanSupplier isDone) {
        for (int round = 0; round < roundsMax; round++) {
            machines.forEach(Machine::tick);
            sync.settle();
            if (isDone.getAsBoolean()) {
                return true;
            }
            sync.advance(pause);
        }
        return isDone.getAsBoolean();
    }

    /** The running applications, by device. */
    public List<A> apps() {
        return machines.stream().filter(Machine::isRunning).map(Machine::app).toList();
    }

    /** The names of all devices, clones included. */
    public List<String> devices() {
        return machines.stream().map(Machine::name).toList();
    }

    /** The application on a device. */
    public A app(String device) {
        return machine(device).app();
    }

    /** The folder of a device as tool and user see it, without the faults of the application's disk. */
    public Path folder(String device) {
        return machine(device).realFolder();
    }

    private Machine<A> machine(String device) {
        return machines.stream()
                .filter(machine -> machine.name().equals(device))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no device '" + device + "' among " + devices()));
    }

    /** The sync tool, to drive it by hand. */
    public SimulatedSync sync() {
        return sync;
    }

    /** What happened to which file, line by line. */
    public Timeline timeline() {
        return sync.timeline();
    }

    /** What happened so far, in figures. */
    public SimulationCounters counters() {
        long operations = machines.stream().mapToLong(Machine::operations).sum();
        return new SimulationCounters(steps, operations, sync.timeline().size());
    }

    /** Ends all processes and removes the private states. */
    @Override
    public void close() {
        try {
            for (Machine<A> machine : machines) {
                machine.calm(true);
                machine.stop();
            }
        } finally {
            states.removeAll();
        }
    }
}
