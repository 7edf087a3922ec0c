package dev.cairn.simulation.fleet;

import dev.cairn.simulation.FolderSnapshot;
import dev.cairn.simulation.SimulatedSync;
import dev.cairn.simulation.disk.PowerLoss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Carries out the steps which are faults, and ends those that last. */
final class Faults<A extends SimulatedApp> {

    /** An application may do so many operations on its disk before it is killed. */
    private static final int OPERATIONS_MAX = 400;

    private static final long HOUR_MILLIS = 3_600_000;

    private final Simulation<A> fleet;
    private final SimulatedSync sync;
    private final FleetListener listener;
    private final Map<String, FolderSnapshot> snapshots = new HashMap<>();
    private final Map<String, FolderSnapshot> emptied = new TreeMap<>();

    Faults(Simulation<A> fleet, SimulatedSync sync, FleetListener listener) {
        this.fleet = fleet;
        this.sync = sync;
        this.listener = listener;
    }

    void happen(Step step, Machine<A> machine) {
        SplittableRandom random = new SplittableRandom(step.choice());
        String device = machine.name();
        Happening what = step.happening();
        switch (what) {
            case KILL -> machine.kill(PowerLoss.NOTHING_LOST, random, random.nextInt(OPERATIONS_MAX));
            case POWER_LOSS -> machine.kill(PowerLoss.IN_ORDER, random, random.nextInt(OPERATIONS_MAX));
            case REORDERED_POWER_LOSS -> machine.kill(PowerLoss.IN_ANY_ORDER, random, random.nextInt(OPERATIONS_MAX));
            case INTERLEAVED -> interleave(machine, random);
            case DISK_FULL, PERMISSION_DENIED, RENAME_REFUSED, READS_FAIL, READS_LIE -> trouble(step, machine, random);
            case CLOCK_JUMP, CLOCK_DRIFT -> clock(what, machine, random);
            case OFFLINE, PARTITION, RECONNECT, MONTHS_AWAY -> network(what, device, random);
            case EMPTIED, UNMOUNTED, ROLLED_BACK, VERSIONS_FORGOTTEN -> folder(what, device, random);
            case RESURRECTED, EVICTED -> toolsFile(what, machine, random);
            case BACKUP_RESTORED -> backup(machine);
            case CLONED -> {
                sync.note(device, "cloned");
                fleet.cloneOf(machine, step.choice());
            }
            default ->
                Mischief.doTo(
                                machine.realFolder(),
                                what,
                                step.choice(),
                                machine.clock().instant())
                        .ifPresent(path -> sync.note(device, what.label() + " " + path));
        }
    }

    private void interleave(Machine<A> machine, SplittableRandom random) {
        int at = random.nextInt(OPERATIONS_MAX / 4);
        int[] left = {at};
        long millis = random.nextLong(120_000);
        machine.during(random, () -> {
            if (left[0]-- == 0) {
                sync.note(machine.name(), "the tool works between two operations");
                sync.advance(Duration.ofMillis(millis));
            }
        });
    }

    private void trouble(Step step, Machine<A> machine, SplittableRandom random) {
        Duration span = Duration.ofMillis(1 + random.nextLong(HOUR_MILLIS));
        sync.note(machine.name(), step.happening().label() + " for " + span.toMinutes() + " min");
        machine.trouble(
                new DiskTrouble(step.happening(), sync.time(), sync.time().now().plus(span), random.nextLong()));
    }

    private void clock(Happening what, Machine<A> machine, SplittableRandom random) {
        if (what == Happening.CLOCK_JUMP) {
            machine.clock().jump(Duration.ofMillis(random.nextLong(-8_760, 8_761) * HOUR_MILLIS));
        } else {
            machine.clock().setRate(random.nextInt(4) * 0.5);
        }
        sync.note(machine.name(), what.label() + " to " + machine.clock());
    }

    private void network(Happening what, String device, SplittableRandom random) {
        switch (what) {
            case OFFLINE -> sync.disconnect(device);
            case RECONNECT -> sync.heal();
            case MONTHS_AWAY -> {
                sync.disconnect(device);
                sync.time().after(Duration.ofDays(30 + random.nextInt(150)), () -> sync.reconnect(device));
            }
            default -> {
                Set<String> part = new TreeSet<>();
                sync.devices().stream().filter(each -> random.nextBoolean()).forEach(part::add);
                sync.partition(part);
            }
        }
    }

    private void folder(Happening what, String device, SplittableRandom random) {
        switch (what) {
            case EMPTIED -> {
                emptied.merge(device, sync.snapshot(device), FolderSnapshot::with);
                sync.empty(device);
                sync.time().after(Duration.ofMillis(1 + random.nextLong(12 * HOUR_MILLIS)), () -> putBack(device));
            }
            case VERSIONS_FORGOTTEN -> sync.forgetVersions(device);
            case UNMOUNTED -> {
                sync.unmount(device);
                sync.time().after(Duration.ofMillis(1 + random.nextLong(2 * HOUR_MILLIS)), () -> sync.mount(device));
            }
            default -> {
                FolderSnapshot old = snapshots.remove(device);
                if (old == null) {
                    snapshots.put(device, sync.snapshot(device));
                } else {
                    sync.rollBack(device, old);
                }
            }
        }
    }

    /** The user finds the files of an emptied folder in the waste-paper basket. */
    private void putBack(String device) {
        FolderSnapshot files = emptied.remove(device);
        if (files != null) {
            sync.putBack(device, files);
        }
    }

    /** A user who has deleted the last file, and is told so, takes what was deleted out of the waste-paper basket. */
    private void unlessEmpty(String device) {
        if (sync.snapshot(device).paths().isEmpty()) {
            sync.deleted(device).forEach(path -> sync.resurrect(device, path));
        }
    }

    private void toolsFile(Happening what, Machine<A> machine, SplittableRandom random) {
        String device = machine.name();
        if (what == Happening.RESURRECTED) {
            List<String> gone = sync.deleted(device);
            if (!gone.isEmpty()) {
                sync.resurrect(device, gone.get(random.nextInt(gone.size())));
            }
            return;
        }
        List<String> files = sync.evictable(device);
        if (!files.isEmpty()) {
            sync.evict(device, files.get(random.nextInt(files.size())));
        }
    }

    private void backup(Machine<A> machine) {
        if (machine.backUpOrRestore()) {
            sync.note(machine.name(), "its backup was restored");
            listener.restored(machine.name());
        } else {
            sync.note(machine.name(), "backed up");
            listener.backedUp(machine.name());
        }
    }

    /** Ends what lasts. */
    void end() {
        sync.devices().forEach(sync::mount);
        List.copyOf(emptied.keySet()).forEach(this::putBack);
        sync.devices().forEach(this::unlessEmpty);
        for (String device : sync.devices()) {
            sync.evicted(device).forEach(path -> sync.download(device, path));
        }
    }

    static void copyFolder(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted().toList()) {
                Path target = Optional.of(from.relativize(file).toString().replace('\\', '/'))
                        .map(to::resolve)
                        .orElseThrow();
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from, e);
        }
    }
}
