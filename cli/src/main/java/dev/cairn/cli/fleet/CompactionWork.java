package dev.cairn.cli.fleet;

import dev.cairn.merge.checkpoint.Compactor;
import dev.cairn.replica.Space;
import dev.cairn.simulation.fleet.SimulatedDevice;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What a device does beside its user's work where everybody compacts: it looks now and then, and sometimes its user
 * asks for a checkpoint, whoever else does so at that time.
 */
final class CompactionWork implements Chores {
    /** In one of so many looks its user asks for a checkpoint. */
    private static final int ASKED_ONE_IN = 8;

    private static final Duration PAUSE = Duration.ofHours(2);

    private final Space space;
    private final Compactor compactor;
    private final SplittableRandom random;

    CompactionWork(SimulatedDevice device, Space space) {
        this.space = space;
        this.compactor = new Compactor(space, () -> true);
        this.random = new SplittableRandom(device.random().nextLong());
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void tend() {
        space.refresh();
        space.duties();
        if (random.nextInt(ASKED_ONE_IN) == 0) {
            compactor.oblige(true);
        }
    }
}
