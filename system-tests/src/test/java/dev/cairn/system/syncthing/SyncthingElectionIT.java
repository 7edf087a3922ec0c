package dev.cairn.system.syncthing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.ElectionOptions;
import dev.cairn.election.LeaderElection;
import dev.cairn.election.protocol.Timers;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Token;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The election over folders which real daemons join. The daemons take the time they take; that of the election is
 * virtual, five seconds for each round of theirs, so that no result depends on how fast the machine is.
 */
final class SyncthingElectionIT {
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int ROUNDS_MAX = 60;
    private static final int MINUTES = 12;
    private static final Timers TIMERS =
            new Timers(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(50), Duration.ofSeconds(5));

    @TempDir
    private Path root;

    private final VirtualTime time = VirtualTime.start();
    private final List<LeaderElection> elections = new ArrayList<>();
    private final List<Integer> running = new ArrayList<>();

    @Test
    void e09_e15_e28_leadersAreElectedReplacedAskedAndOneAfterAPartition() throws IOException {
        try (SyncthingFleet fleet = SyncthingFleet.start(root, 3)) {
            try {
                attach(fleet, TIMERS);
                awaitLeader(fleet);
                int first = leader();
                killed(fleet, first);
                int second = handedOver(fleet);
                partitioned(fleet, second);
            } finally {
                elections.forEach(LeaderElection::close);
            }
        }
    }

    /**
     * F17: heads change every five seconds, which a daemon holds back, so that the others see them a minute late. With
     * the timers for Syncthing nobody takes the leader for gone, also where a daemon dies, the link is down for a
     * minute, or the follower's application starts again.
     */
    @Test
    void f17_headsSeenAMinuteLateChangeNoLeader() throws IOException {
        try (SyncthingFleet fleet = SyncthingFleet.start(root, 2)) {
            try {
                attach(fleet, Timers.syncthing());
                awaitLeader(fleet);
                int leader = leader();
                int follower = 1 - leader;
                Token token = token(leader).orElseThrow();
                for (int minute = 0; minute < MINUTES; minute++) {
                    switch (minute) {
                        case 2 -> restartDaemon(fleet, leader);
                        case 4 -> restartDaemon(fleet, follower);
                        case 6 -> fleet.daemons().partition(Set.of(leader));
                        case 7 -> fleet.daemons().heal();
                        case 9 -> reopen(fleet, follower, Timers.syncthing());
                        default -> {}
                    }
                    for (long second = 0; second < 60; second += ROUND.toSeconds()) {
                        write(fleet);
                        assertThat(token(leader)).as("after %s", time.elapsed()).contains(token);
                        assertThat(leaders()).containsExactly(leader);
                    }
                    fleet.carry();
                }
                assertThat(elections.get(follower).status().leader().map(Claim::token))
                        .contains(token);
                assertThat(fleet.space(follower).refresh().changes()).isPositive();
                fleet.converge();
            } finally {
                elections.forEach(LeaderElection::close);
            }
        }
    }

    /** A round in which the daemons carry nothing. */
    private void write(SyncthingFleet fleet) {
        time.advance(ROUND);
        running.forEach(one -> {
            fleet.space(one).commit(tx -> tx.on("log").counter("rounds").add(1));
            fleet.space(one).refresh();
            elections.get(one).look();
            fleet.space(one).flush();
        });
    }

    private static void restartDaemon(SyncthingFleet fleet, int device) {
        fleet.daemons().kill(device);
        fleet.daemons().start(device);
    }

    private void attach(SyncthingFleet fleet, Timers timers) {
        for (int i = 0; i < fleet.spaces().size(); i++) {
            elections.add(attached(fleet, i, timers));
            running.add(i);
        }
    }

    private LeaderElection attached(SyncthingFleet fleet, int device, Timers timers) {
        return LeaderElection.attach(
                fleet.space(device),
                ElectionOptions.defaults()
                        .with(timers)
                        .simulated(time.clock(), () -> time.elapsed().toMillis(), new Random(device)));
    }

    /** Ends a device's application and starts it again. */
    private void reopen(SyncthingFleet fleet, int device, Timers timers) {
        elections.get(device).close();
        fleet.reopen(device);
        elections.set(device, attached(fleet, device, timers));
    }

    /** E09: a leader whose process and daemon die is replaced; it is a follower when it is back. */
    private void killed(SyncthingFleet fleet, int leader) {
        Token before = token(leader).orElseThrow();
        running.remove((Integer) leader);
        fleet.daemons().kill(leader);
        awaitLeader(fleet);
        assertThat(leader()).isNotEqualTo(leader);
        assertThat(token(leader()).orElseThrow()).isGreaterThan(before);
        fleet.daemons().start(leader);
        running.add(leader);
        round(fleet);
        assertThat(elections.get(leader).leads()).as("it slept").isFalse();
        awaitLeader(fleet);
        assertThat(leader()).isNotEqualTo(leader);
    }

    /** E15: a follower asks, and the leader hands over. */
    private int handedOver(SyncthingFleet fleet) {
        int leader = leader();
        int asking =
                IntStream.range(0, 3).filter(one -> one != leader).findFirst().orElseThrow();
        elections.get(asking).request("a real request");
        await(fleet, () -> elections.get(asking).leads());
        awaitLeader(fleet);
        assertThat(leader()).isEqualTo(asking);
        assertThat(elections.get(asking).status().leader().map(Claim::proof)).contains(Claim.Proof.HANDOVER);
        return asking;
    }

    /** E28: of a leader alone and the two others only these have one in the end, and all the same when joined again. */
    private void partitioned(SyncthingFleet fleet, int leader) {
        fleet.daemons().partition(Set.of(leader));
        await(fleet, () -> leaders().stream().anyMatch(one -> one != leader));
        fleet.daemons().heal();
        awaitLeader(fleet);
        assertThat(leader()).isNotEqualTo(leader);
    }

    private Optional<Token> token(int device) {
        return elections.get(device).token();
    }

    private List<Integer> leaders() {
        return running.stream().filter(one -> elections.get(one).leads()).toList();
    }

    private int leader() {
        return leaders().get(0);
    }

    private void round(SyncthingFleet fleet) {
        time.advance(ROUND);
        running.forEach(one -> {
            fleet.space(one).refresh();
            elections.get(one).look();
        });
        running.forEach(one -> fleet.space(one).flush());
        fleet.carry();
        assertThat(leaders()).as("by quorum never two at once").hasSizeLessThanOrEqualTo(1);
    }

    private void await(SyncthingFleet fleet, BooleanSupplier so) {
        for (int round = 0; round < ROUNDS_MAX && !so.getAsBoolean(); round++) {
            round(fleet);
        }
        assertThat(so.getAsBoolean())
                .as(() -> "after " + time.elapsed() + ": "
                        + elections.stream().map(LeaderElection::status).toList())
                .isTrue();
    }

    /** Until one leads and all that run know it. */
    private void awaitLeader(SyncthingFleet fleet) {
        await(fleet, () -> {
            if (leaders().isEmpty()) {
                return false;
            }
            Optional<Token> token = token(leader());
            return running.stream()
                    .allMatch(one -> elections
                            .get(one)
                            .status()
                            .leader()
                            .map(Claim::token)
                            .equals(token));
        });
    }
}
