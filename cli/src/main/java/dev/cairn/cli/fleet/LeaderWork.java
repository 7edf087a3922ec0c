package dev.cairn.cli.fleet;

import dev.cairn.election.ElectionOptions;
import dev.cairn.election.LeaderElection;
import dev.cairn.election.Permit;
import dev.cairn.election.protocol.Timers;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Token;
import dev.cairn.merge.checkpoint.Compactor;
import dev.cairn.merge.retire.CompactionPermit;
import dev.cairn.replica.Space;
import dev.cairn.simulation.fleet.SimulatedDevice;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a device does beside its user's work where devices elect: it takes part, and compacts while it leads. */
final class LeaderWork implements Chores {
    /** In one of so many looks somebody asks the leader to compact, so that even a short run has checkpoints. */
    private static final int ASKED_ONE_IN = 4;

    /** Short ones, so that leaders come and go while a run lasts. */
    private static final Timers TIMERS =
            new Timers(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(300), Duration.ofSeconds(30));

    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final LeaderElection election;
    private final Compactor compactor;
    private final SplittableRandom random;

    LeaderWork(SimulatedDevice device, Space space) {
        this.random = new SplittableRandom(device.random().nextLong());
        this.election = LeaderElection.attach(
                space,
                ElectionOptions.defaults()
                        .with(TIMERS)
                        .simulated(device.clock(), device.timer()::runningMillis, random));
        this.compactor = new Compactor(
                space,
                CompactionPermit.steady(election::leads, election.status().grace(), device.timer()::runningMillis));
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void tend() {
        election.look();
        if (compactor.mayAct() && random.nextInt(ASKED_ONE_IN) == 0) {
            compactor.oblige(false);
        }
    }

    @Override
    public Optional<Token> leads() {
        return election.permit().map(Permit::token);
    }

    @Override
    public Optional<Token> names() {
        election.refresh();
        return election.status().leader().map(Claim::token);
    }

    @Override
    public void close() {
        election.close();
    }
}
