package dev.cairn.simulation.fleet;

import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what a {@link Simulation} is to be; begun by {@link Simulation#of}. Not thread-safe. */
public final class SimulationSetup {

    final SyncProfile tool;
    final long seed;
    int devices = 3;
    List<SimulatedDisks> disks = List.of(SimulatedDisks.unix(), SimulatedDisks.windows(), SimulatedDisks.osX());
    Set<Happening> faults = EnumSet.noneOf(Happening.class);
    Optional<Path> states = Optional.empty();
    FleetListener listener = new FleetListener() {};

    SimulationSetup(SyncProfile tool, long seed) {
        this.tool = tool;
        this.seed = seed;
    }

    /** So many devices, at least one; three if nothing is said. Their disks take turns. */
    public SimulationSetup devices(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a fleet has one device or more, not " + count);
        }
        devices = count;
        return this;
    }

    /** The kinds of disks, taken in turns; those of Linux, Windows and macOS if nothing is said. */
    public SimulationSetup disks(SimulatedDisks... kinds) {
        disks = List.of(kinds);
        return this;
    }

    /** Switches faults on; none are if nothing is said. */
    public SimulationSetup faults(Set<Happening> enabled) {
        faults = EnumSet.noneOf(Happening.class);
        enabled.stream().filter(Happening::isFault).forEach(faults::add);
        return this;
    }

    /**
     * Puts the private states below a directory of a real disk, for applications with a database; else they are on the
     * simulated disks beside the folders. The directory is made, and is removed with all in it when the simulation is
     * closed.
     *
     * <p>On a real disk everything is kept which the application wrote before its process or its machine ended, whether
     * forced or not. That it forces what it must there is for tests which cut real power.
     */
    public SimulationSetup statesIn(Path directory) {
        states = Optional.of(directory);
        return this;
    }

    /** Tells somebody what a checker must know. */
    public SimulationSetup listener(FleetListener who) {
        listener = who;
        return this;
    }

    /** Builds the fleet and starts the application on each device, one after the other. */
    public <A extends SimulatedApp> Simulation<A> start(AppStart<A> starter) {
        Simulation<A> simulation = new Simulation<>(this, new States(states), starter);
        simulation.startAll();
        return simulation;
    }
}
