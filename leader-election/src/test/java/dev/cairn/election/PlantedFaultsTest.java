package dev.cairn.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.protocol.Mode;
import org.junit.jupiter.api.Test;

/** A check that cannot fail checks nothing: fleets of {@link SyncedFleetProperties} with a mistake in their rules. */
final class PlantedFaultsTest {
    private static final int SEEDS = 12;

    @Test
    void eachInvariantNoticesItsPlantedFault() {
        for (PlantedFault fault : PlantedFault.values()) {
            if (fault != PlantedFault.NONE) {
                assertThat(noticed(fault))
                        .as("%s is noticed as %s", fault, fault.invariant)
                        .isTrue();
            }
        }
    }

    private static Mode modeFor(PlantedFault fault) {
        return switch (fault) {
            case BLIND -> Mode.GRACE;
            case PRESUMPTUOUS -> Mode.USER;
            default -> Mode.QUORUM;
        };
    }

    private static boolean noticed(PlantedFault fault) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                if (fault == PlantedFault.NOBODY_VOTES) {
                    SyncedFleetProperties.perfect(fault, seed, 3);
                } else {
                    Mode mode = modeFor(fault);
                    SyncedFleetProperties.run(mode, mode != Mode.QUORUM, 3, fault, seed);
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
