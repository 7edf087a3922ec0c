package dev.cairn.merge.retire;

import dev.cairn.replica.Space;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether this device is the one that compacts of its own accord now.
 *
 * <p>The contract of whoever implements it, such as an election: answer at once, from what is known; answer {@code
 * true} on at most one device most of the time. Nothing is lost when two devices believe it, or none does.
 */
@FunctionalInterface
public interface CompactionPermit {
    /** Whether this device compacts now without being asked. */
    boolean granted();

    /** Nobody leads: compaction happens when a person asks for it. */
    static CompactionPermit whenAsked() {
        return () -> false;
    }

    /**
     * The same with hysteresis: granted once the other has been granted for a while at every question, so that a
     * leadership which comes and goes does not compact each time. Ask it now and then; ask it from one thread.
     *
     * @param monoMillis a clock that never goes back
     */
    static CompactionPermit steady(CompactionPermit permit, Duration time, LongSupplier monoMillis) {
        return new SteadyPermit(permit, time, monoMillis);
    }

    /** Where no election runs: the only device of a space leads it. */
    static CompactionPermit alone(Space space) {
        return () -> space.compaction().status().alone();
    }
}
