package dev.cairn.election;

import dev.cairn.election.SyncedFleet.Settings;
import dev.cairn.election.protocol.Invariants;
import dev.cairn.election.protocol.Mode;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * I1 to I8 over random fleets with real spaces on simulated folders; see {@link RandomFleet} for what happens. Every
 * check plays the same fleets, the profile {@code long} others each time.
 */
final class SyncedFleetProperties {
    private static final int TICKS = 160;

    static void run(Mode mode, boolean users, int devices, PlantedFault fault, long seed) {
        try (RandomFleet fleet = new RandomFleet(mode, users, devices, fault, seed)) {
            fleet.live(TICKS);
            fleet.end();
        }
    }

    @Property(tries = 4, seed = "1", shrinking = ShrinkingMode.OFF)
    void quorumsWithoutUsers(@ForAll long seed, @ForAll @IntRange(min = 3, max = 4) int devices) {
        run(Mode.QUORUM, false, devices, PlantedFault.NONE, seed);
    }

    @Property(tries = 4, seed = "2", shrinking = ShrinkingMode.OFF)
    void graceAndUsers(@ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int devices) {
        run(Mode.GRACE, true, devices, PlantedFault.NONE, seed);
    }

    @Property(tries = 4, seed = "4", shrinking = ShrinkingMode.OFF)
    void usersAlone(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int devices) {
        run(Mode.USER, true, devices, PlantedFault.NONE, seed);
    }

    @Tag("long")
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void manyFleets(
            @ForAll long seed, @ForAll @From("modes") Mode mode, @ForAll @IntRange(min = 3, max = 5) int devices) {
        run(mode, mode != Mode.QUORUM, devices, PlantedFault.NONE, seed);
    }

    @Provide
    Arbitrary<Mode> modes() {
        return Arbitraries.of(Mode.QUORUM, Mode.GRACE, Mode.USER);
    }

    /**
     * A device that once measured a round trip of 13 minutes hears of a leader which then goes on under another id: it
     * keeps to it for more than an hour, and the others wait with it.
     */
    @Example
    void afterAPromiseOverASlowLinkALeaderIsFound() {
        run(Mode.QUORUM, false, 4, PlantedFault.NONE, 2345495717984768990L);
    }

    /** Two machines of one id both had a user's word: the greater claim fences the smaller one's machine. */
    @Example
    void aClaimOfTheOtherCopyFencesThisOne() {
        run(Mode.USER, true, 2, PlantedFault.NONE, 8946254697858761481L);
    }

    /** I8: with perfect links a leader is there within the threshold and three grace periods, whoever dies. */
    @Property(tries = 2, seed = "3", shrinking = ShrinkingMode.OFF)
    void perfectLinksFindALeader(@ForAll long seed, @ForAll @IntRange(min = 3, max = 5) int devices) {
        perfect(PlantedFault.NONE, seed, devices);
    }

    static void perfect(PlantedFault fault, long seed, int devices) {
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
}
