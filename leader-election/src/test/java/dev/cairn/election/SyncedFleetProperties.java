package dev.cairn.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.SyncedFleet.Settings;
import dev.cairn.election.protocol.Invariants;
import dev.cairn.election.protocol.Mode;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * I1 to I8 over random fleets with real spaces on simulated folders; see {@link RandomFleet} for what happens. Every
 * check plays the same fleets, the profile {@code long} others each time.
 */
final class SyncedFleetProperties {
    private static final int TICKS = 160;
    private static final int PLANTED_SEEDS = 12;

    private static void run(Mode mode, boolean users, int devices, PlantedFault fault, long seed) {
        try (RandomFleet fleet = new RandomFleet(mode, users, devices, fault, seed)) {
            fleet.live(TICKS);
            fleet.end();
        }
    }

    @Property(tries = 5, seed = "1", shrinking = ShrinkingMode.OFF)
    void quorumsWithoutUsers(@ForAll long seed, @ForAll @IntRange(min = 3, max = 4) int devices) {
        run(Mode.QUORUM, false, devices, PlantedFault.NONE, seed);
    }

    @Property(tries = 5, seed = "2", shrinking = ShrinkingMode.OFF)
    void graceAndUsers(@ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int devices) {
        run(Mode.GRACE, true, devices, PlantedFault.NONE, seed);
    }

    @Tag("long")
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void manyFleets(@ForAll long seed, @ForAll boolean quorum, @ForAll @IntRange(min = 3, max = 5) int devices) {
        run(quorum ? Mode.QUORUM : Mode.GRACE, !quorum, devices, PlantedFault.NONE, seed);
    }

    /** I8: with perfect links a leader is there within the threshold and three grace periods, whoever dies. */
    @Property(tries = 2, seed = "3", shrinking = ShrinkingMode.OFF)
    void perfectLinksFindALeader(@ForAll long seed, @ForAll @IntRange(min = 3, max = 5) int devices) {
        perfect(PlantedFault.NONE, seed, devices);
    }

    private static void perfect(PlantedFault fault, long seed, int devices) {
        Invariants invariants = new Invariants();
        try (SyncedFleet fleet = new SyncedFleet(Settings.of(Mode.AUTO).with(fault.rules()), devices, seed, 0)) {
            Random random = new Random(seed);
            for (SyncedDevice device : fleet.devices) {
                device.start();
                fleet.seconds(random.nextInt(3) * 5L);
            }
            fleet.seconds(600 + 3 * 120);
            invariants.found(fleet.leaders());
            fleet.device(fleet.leaders().get(0)).crash();
            fleet.seconds(600 + 3 * 120);
            invariants.found(fleet.leaders());
        }
    }

    /** A check that cannot fail checks nothing: a fleet with one mistake in its rules breaks its invariant. */
    @Example
    void eachInvariantNoticesItsPlantedFault() {
        for (PlantedFault fault : PlantedFault.values()) {
            if (fault != PlantedFault.NONE) {
                assertThat(noticed(fault))
                        .as("%s is noticed as %s", fault, fault.invariant)
                        .isTrue();
            }
        }
    }

    private static boolean noticed(PlantedFault fault) {
        for (long seed = 1; seed <= PLANTED_SEEDS; seed++) {
            try {
                if (fault == PlantedFault.NOBODY_VOTES) {
                    perfect(fault, seed, 3);
                } else {
                    boolean quorum = fault != PlantedFault.BLIND;
                    run(quorum ? Mode.QUORUM : Mode.GRACE, !quorum, 3, fault, seed);
                }
            } catch (AssertionError broken) {
                if (String.valueOf(broken.getMessage()).startsWith(fault.invariant)) {
                    return true;
                }
            }
        }
        return false;
    }
}
