package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.RetirementStory.PlantedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

/**
 * Fleets that compact all the time, whatever happens to their folders, states and machines: invariant I1 holds after
 * every event, and in the end every device has every change that was acknowledged. See {@link RetirementStory}.
 */
class RetirementProperties {
    private static final int EVENTS = 60;
    private static final int FLEETS = 8;
    private static final long FIRST = Long.getLong("cairn.retirement.first", FLEETS + 1);
    private static final long LAST = Long.getLong("cairn.retirement.last", FLEETS + 400);
    private static final int PLANTED_FLEETS = 12;

    @Example
    void nothingIsEverOutsideOfFileAndCheckpoint() {
        RetirementTally tally = new RetirementTally();
        LongStream.rangeClosed(1, FLEETS).forEach(seed -> live(seed, tally, PlantedFault.NONE));
        assertThat(tally.missing()).as(tally::toString).isEmpty();
    }

    /** A copied machine's segments under the common writer were taken for own ones that had come back. */
    @Example
    void segmentsOfACopiedMachineAreNotWithdrawnWithoutACheckpoint() {
        live(101, new RetirementTally(), PlantedFault.NONE);
    }

    /** All of them are played, whichever fail. */
    @Tag("long")
    @Example
    void manyFleets() {
        List<String> broken = new ArrayList<>();
        for (long seed = FIRST; seed <= LAST; seed++) {
            try {
                live(seed, new RetirementTally(), PlantedFault.NONE);
            } catch (AssertionError e) {
                broken.add(e.getMessage());
            }
        }
        assertThat(broken).as("of the seeds %s to %s", FIRST, LAST).isEmpty();
    }

    /** A check that cannot fail checks nothing. */
    @Example
    void plantedFaultsAreNoticed() {
        for (PlantedFault fault : PlantedFault.values()) {
            if (fault != PlantedFault.NONE) {
                boolean noticed = LongStream.rangeClosed(1, PLANTED_FLEETS).anyMatch(seed -> breaks(seed, fault));
                assertThat(noticed).as(fault.name()).isTrue();
            }
        }
    }

    private static boolean breaks(long seed, PlantedFault fault) {
        try {
            live(seed, new RetirementTally(), fault);
            return false;
        } catch (AssertionError broken) {
            return String.valueOf(broken.getMessage()).contains("I1: what no file holds");
        }
    }

    private static void live(long seed, RetirementTally tally, PlantedFault fault) {
        try (ScratchDirectory scratch = ScratchDirectory.make();
                RetirementStory fleet = new RetirementStory(scratch.path(), seed, tally, fault)) {
            fleet.live(EVENTS);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }
}
