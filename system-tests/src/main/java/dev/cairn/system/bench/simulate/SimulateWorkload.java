package dev.cairn.system.bench.simulate;

import dev.cairn.cli.fleet.CairnFleet;
import dev.cairn.cli.fleet.FleetOptions;
import dev.cairn.cli.fleet.FleetResult;
import dev.cairn.simulation.fleet.Happening;
import dev.cairn.simulation.fleet.SimulatedApp;
import dev.cairn.simulation.fleet.SimulatedDevice;
import dev.cairn.simulation.fleet.Simulation;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * File events a second of processor time on one thread: of a small application on the simulated disks, which is the
 * cost of the simulator alone, and of real Cairn devices. An event is an operation on a disk or a line of the timeline.
 */
public final class SimulateWorkload implements Workload {
    private static final int WARM_UP = 3;

    @Override
    public String summary() {
        return "--seeds 20: file events a second of processor time, of the simulator alone and with Cairn";
    }

    @Override
    public Set<String> options() {
        return Set.of("seeds");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException {
        int seeds = arguments.number("seeds", 20);
        measure("simulator", seeds, report, SimulateWorkload::plain);
        Path scratch = Files.createTempDirectory("bench-simulate");
        boolean[] good = {true};
        CairnFleet fleet = new CairnFleet(scratch, List.of());
        measure("cairn", seeds, report, seed -> {
            FleetResult result = fleet.run(
                    seed, new FleetOptions("syncthing", 3, Duration.ofHours(2), Happening.faults(), Set.of()));
            good[0] &= result.isGood();
            return result.fileEvents();
        });
        Files.deleteIfExists(scratch);
        return good[0];
    }

    private static void measure(String tier, int seeds, Consumer<Row> report, LongFunction<Long> run) {
        for (long seed = -WARM_UP; seed < 0; seed++) {
            var unused = run.apply(seed);
        }
        long events = 0;
        long start = processorNanos();
        for (long seed = 0; seed < seeds; seed++) {
            events += run.apply(seed);
        }
        double seconds = (processorNanos() - start) / 1e9;
        report.accept(Row.of("simulate")
                .with("tier", tier)
                .with("seeds", seeds)
                .with("fileEvents", events)
                .with("processorSeconds", Math.round(seconds * 100) / 100.0)
                .with("eventsPerSecond", Math.round(events / seconds))
                .with("eventsPerMinuteOnTwoCores", Math.round(2 * 60 * events / seconds)));
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long plain(long seed) {
        try (Simulation<Appender> fleet =
                Simulation.of(SyncProfile.syncthing(), seed).devices(3).start(Appender::new)) {
            fleet.run(Duration.ofHours(24));
            fleet.heal();
            fleet.sync().settle();
            return fleet.counters().fileEvents();
        }
    }

    /** Writes files of its own and reads all of them. */
    private record Appender(SimulatedDevice device) implements SimulatedApp {
        @Override
        public void use(RandomGenerator choices) throws IOException {
            for (int i = 0; i < 20; i++) {
                String name = device.name() + "-" + choices.nextInt(50);
                Files.writeString(device.folder().resolve(name), Long.toHexString(choices.nextLong()));
            }
        }

        @Override
        public void tick() throws IOException {
            try (var files = Files.list(device.folder())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.readString(file);
                }
            }
        }
    }
}
