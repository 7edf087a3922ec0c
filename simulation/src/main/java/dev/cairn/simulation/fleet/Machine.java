package dev.cairn.simulation.fleet;

import dev.cairn.simulation.SimulatedSync;
import dev.cairn.simulation.disk.DiskFaults;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.disk.FaultyFileSystem;
import dev.cairn.simulation.disk.PowerCutError;
import dev.cairn.simulation.disk.PowerLoss;
import dev.cairn.simulation.time.VirtualClock;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One device: a disk with the synced folder, a private state, a clock, and a process that may be dead. */
final class Machine<A extends SimulatedApp> {

    /** A process that is at work does what was planned a moment later. */
    private static final Duration BUSY_PAUSE = Duration.ofMillis(50);

    private final String name;
    private final FaultyFileSystem disk;
    private final Path folder;
    private final VirtualClock clock;
    private final States states;
    private final AppStart<A> starter;
    private final Consumer<String> log;
    private final FleetListener listener;
    private final VirtualTime time;
    private final SplittableRandom random;
    private Path state;
    private @Nullable A app;
    private Optional<Path> backup = Optional.empty();
    private Optional<DiskTrouble> trouble = Optional.empty();
    private @Nullable DeviceTimer timer;
    private boolean busy;
    private long operations;

    Machine(Hardware hardware, Path state, Surroundings<A> around) {
        this.name = hardware.name();
        this.disk = hardware.disk();
        this.folder = hardware.folder();
        this.clock = hardware.clock();
        this.random = new SplittableRandom(hardware.seed());
        this.state = state;
        this.states = around.states();
        this.starter = around.starter();
        this.log = line -> around.sync().note(name, line);
        this.listener = around.listener();
        this.time = around.sync().time();
    }

    /** What a device consists of before anything runs on it. */
    record Hardware(String name, FaultyFileSystem disk, Path folder, VirtualClock clock, long seed) {}

    /** What all devices share. */
    record Surroundings<A extends SimulatedApp>(
            States states, AppStart<A> starter, SimulatedSync sync, FleetListener listener) {}

    String name() {
        return name;
    }

    /** The folder as the application sees it. */
    Path folder() {
        return folder;
    }

    /** The folder as the tool and the user see it, whom the faults of the application's disk do not concern. */
    Path realFolder() {
        return disk.unwrap(folder);
    }

    VirtualClock clock() {
        return clock;
    }

    long operations() {
        return operations;
    }

    A app() {
        A running = app;
        if (running == null) {
            throw new IllegalStateException(name + " is not running: heal the fleet first");
        }
        return running;
    }

    boolean isRunning() {
        return app != null;
    }

    /** Starts the process, unless it runs. */
    void start() {
        if (app == null) {
            attempt("start", () -> app = starter.start(device()));
        }
    }

    private SimulatedDevice device() {
        Timer fresh = new Timer();
        timer = fresh;
        return new SimulatedDevice(name, folder, state, clock, fresh, random, log);
    }

    /** The timer of one process. */
    private final class Timer implements DeviceTimer {
        @Override
        public long runningMillis() {
            return time.now().toEpochMilli();
        }

        @Override
        public void after(Duration wait, Work work) {
            time.after(wait, () -> wake(work));
        }

        private void wake(Work work) {
            if (timer != this) {
                return;
            }
            if (busy) {
                after(BUSY_PAUSE, work);
            } else {
                attempt("timer", work);
            }
        }
    }

    void use(RandomGenerator choices) {
        start();
        A running = app;
        if (running != null) {
            attempt("use", () -> running.use(choices));
        }
    }

    void tick() {
        start();
        A running = app;
        if (running != null) {
            attempt("tick", running::tick);
        }
    }

    void stop() {
        A running = app;
        app = null;
        timer = null;
        if (running != null) {
            attempt("close", running::close);
        }
    }

    private void attempt(String what, DeviceTimer.Work work) {
        disk.set(trouble.isPresent() ? counting(trouble.get()) : counting(DiskFaults.NONE));
        run(what, work);
    }

    private void run(String what, DeviceTimer.Work work) {
        busy = true;
        try {
            work.run();
        } catch (IOException | UncheckedIOException e) {
            rethrowPowerCut(e);
            if (trouble.isEmpty() || trouble.get().isOver()) {
                throw new SimulationFailure(name + ": " + what + " failed on a disk that works: " + e, e);
            }
            log.accept(what + " refused: " + e.getMessage());
        } catch (SimulationFailure failure) {
            throw failure;
        } catch (RuntimeException bug) {
            rethrowPowerCut(bug);
            throw new SimulationFailure(name + ": " + what + " failed: " + bug, bug);
        } finally {
            busy = false;
            disk.set(DiskFaults.NONE);
        }
    }

    /** An application may have carried the end of its process from one of its executors to another. */
    private static void rethrowPowerCut(Throwable wrapped) {
        for (Throwable each = wrapped; each != null; each = each.getCause()) {
            if (each instanceof PowerCutError cut) {
                throw cut;
            }
        }
    }

    private DiskFaults counting(DiskFaults faults) {
        return new DiskFaults() {
            @Override
            public void at(DiskOperation operation, Path path) throws IOException {
                count(operation, path);
                faults.at(operation, path);
            }

            @Override
            public void writing(Path path, java.nio.ByteBuffer bytes) throws IOException {
                faults.writing(path, bytes);
            }

            @Override
            public void reading(Path path, java.nio.ByteBuffer bytes) {
                faults.reading(path, bytes);
            }
        };
    }

    private void count(DiskOperation operation, Path path) {
        operations++;
        if (operation.changes() && operation != DiskOperation.OPEN) {
            listener.changing(name, operation, path);
        }
    }

    /** Lets the disk refuse things. */
    void trouble(DiskTrouble next) {
        trouble = Optional.of(next);
    }

    /** Ends what the disk refuses, if its time is over or by force. */
    void calm(boolean byForce) {
        if (byForce || trouble.map(DiskTrouble::isOver).orElse(false)) {
            trouble = Optional.empty();
        }
    }

    /** The application works, and something happens before each of its operations on the disk. */
    void during(RandomGenerator choices, Runnable before) {
        start();
        A running = app;
        if (running != null) {
            disk.set((operation, path) -> {
                before.run();
                count(operation, path);
            });
            run("tick", () -> {
                running.use(choices);
                running.tick();
            });
        }
    }

    /**
     * Ends the process by force while it works, and the machine with it unless nothing may be lost.
     *
     * @param after how many operations on the disk it may still do
     */
    void kill(PowerLoss loss, RandomGenerator choices, int after) {
        start();
        A dying = app;
        if (dying == null) {
            return;
        }
        int[] left = {after};
        disk.set((operation, path) -> {
            count(operation, path);
            if (left[0]-- == 0) {
                log.accept(loss + " at " + operation + " of " + path);
                disk.cutPower();
                throw new PowerCutError(path.toString());
            }
        });
        try {
            run("use", () -> {
                dying.use(choices);
                dying.tick();
            });
            log.accept(loss + " after all its work");
        } catch (PowerCutError end) {
            log.accept("its process ended");
        }
        bury(dying, loss, choices);
    }

    private void bury(A dying, PowerLoss loss, RandomGenerator choices) {
        disk.cutPower();
        app = null;
        timer = null;
        Path dead = state;
        state = states.afterPowerLoss(name, disk, state);
        try {
            dying.close();
        } catch (PowerCutError | IOException | RuntimeException end) {
            // it ends where it first needs its disk; all it could still have done is gone with it
            trouble = Optional.empty();
        }
        try {
            List<String> losses = disk.restorePower(loss, choices);
            losses.forEach(log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot restart the disk", e);
        }
        states.discard(dead, state);
        trouble = Optional.empty();
    }

    /** What the system writes back by itself while time passes. */
    void writeBack() {
        disk.writeBack();
    }

    /** Copies the private state away, or puts it back if that was done before; says which. */
    boolean backUpOrRestore() {
        if (backup.isEmpty()) {
            backup = Optional.of(states.copy(name, disk, state));
            return false;
        }
        stop();
        Path dead = state;
        state = states.copy(name, disk, backup.get());
        states.discard(dead, state);
        states.discard(backup.get(), state);
        backup = Optional.empty();
        return true;
    }

    /** A copy of the private state as it is at this moment, for a clone. */
    Path stateFor(String clone, FaultyFileSystem itsDisk) {
        return states.copy(clone, itsDisk, state);
    }
}
