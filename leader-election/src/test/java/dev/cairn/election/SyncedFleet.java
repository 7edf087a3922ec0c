package dev.cairn.election;

import dev.cairn.election.protocol.Election;
import dev.cairn.election.protocol.Mode;
import dev.cairn.election.protocol.Timers;
import dev.cairn.format.WriterId;
import dev.cairn.simulation.SimulatedSync;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Devices with real spaces and real elections, whose folders a simulated sync tool joins; all in virtual time, and from
 * one seed. Device 0 is the first in order where nothing else differs.
 */
final class SyncedFleet implements AutoCloseable {
    static final Duration TICK = Duration.ofSeconds(5);

    final SimulatedSync sync;
    final Random random;
    final List<SyncedDevice> devices = new ArrayList<>();
    final Settings settings;
    /** Writers of which there are two machines. */
    final Set<WriterId> copied = new TreeSet<>();

    private final Path states;
    private int machines;
    long ticks;

    /** How the devices of a fleet take part. */
    record Settings(SyncProfile tool, Mode mode, Timers timers, Rules rules) {
        static Settings of(Mode mode) {
            return new Settings(SyncProfile.perfect(), mode, Timers.syncthing(), Election::step);
        }

        Settings with(SyncProfile other) {
            return new Settings(other, mode, timers, rules);
        }

        Settings with(Rules other) {
            return new Settings(tool, mode, timers, other);
        }
    }

    SyncedFleet(Settings settings, int size, long seed) {
        this(settings, size, seed, size);
    }

    /** A fleet of which the first devices start now, and the others when a test says so. */
    SyncedFleet(Settings settings, int size, long seed, int started) {
        this.settings = settings;
        this.random = new Random(seed);
        Founding founding = Founding.of(size);
        this.sync = SimulatedSync.of(settings.tool(), seed, VirtualTime.startingAt(founding.end()));
        try {
            this.states = Files.createTempDirectory("cairn-elections");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        founding.homes().forEach(home -> devices.add(new SyncedDevice(this, machines++, home)));
        devices.subList(0, started).forEach(SyncedDevice::start);
    }

    Path newState() {
        try {
            return Files.createTempDirectory(states, "state");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SyncedDevice device(int number) {
        return devices.get(number);
    }

    /** A machine with a copy of a device's disk, which is started now. */
    SyncedDevice copy(SyncedDevice original) {
        copied.addAll(original.writers);
        SyncedDevice copy = new SyncedDevice(this, machines++, original.home());
        devices.add(copy);
        copy.start();
        return copy;
    }

    /** Cuts the network so that the named devices, and the rest, are among themselves. */
    void alone(Integer... numbers) {
        sync.partition(Arrays.stream(numbers)
                .map(number -> device(number).name)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    void heal() {
        sync.heal();
    }

    void seconds(long seconds) {
        for (long done = 0; done < seconds; done += TICK.toSeconds()) {
            tick();
        }
    }

    void tick() {
        ticks++;
        sync.advance(TICK);
        List.copyOf(devices).forEach(SyncedDevice::tick);
    }

    List<Integer> leaders() {
        List<Integer> leaders = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            if (device(i).leads()) {
                leaders.add(i);
            }
        }
        return leaders;
    }

    /** What each running device takes for the leader by the papers it has. */
    List<String> effective() {
        return devices.stream()
                .filter(SyncedDevice::isRunning)
                .map(device -> String.valueOf(device.election().status().leader()))
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        devices.forEach(SyncedDevice::close);
        Founding.delete(states);
    }
}
