package dev.cairn.replica.compaction;

import dev.cairn.replica.store.LocalStore;
import java.time.Duration;

/**
 * Time as this device has lived through it, in milliseconds: it never goes back, and a wrong clock or a long absence
 * moves it by a day at most. For delays only.
 */
final class RunningClock {
    private static final long STEP_MILLIS_MAX = Duration.ofDays(1).toMillis();
    /** Steps below this are not written down at once. */
    private static final long STEP_MILLIS_MIN = 60_000;

    private final LocalStore store;

    RunningClock(LocalStore store) {
        this.store = store;
    }

    /** The running time at that wall time; inside a transaction. */
    long at(long wallMillis) {
        long passed = store.number("running-millis", 0);
        long last = store.number("running-at", Long.MIN_VALUE);
        if (last == Long.MIN_VALUE) {
            store.setNumber("running-at", wallMillis);
            return passed;
        }
        long step = wallMillis < last ? 0 : Math.min(wallMillis - last, STEP_MILLIS_MAX);
        if (wallMillis < last || wallMillis - last >= STEP_MILLIS_MIN) {
            store.setNumber("running-millis", passed + step);
            store.setNumber("running-at", wallMillis);
        }
        return passed + step;
    }
}
