package dev.cairn.format.folder;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits a little before a file operation is tried again; given by the caller, since only a composition root may block.
 *
 * <p>Simulations and tests pass {@link #none()} or advance their own clock.
 */
@FunctionalInterface
public interface Pause {
    /** Waits for about {@code duration}; returns early when the thread is interrupted, keeping its interrupt status. */
    void pause(Duration duration);

    /** A pause in real time, for composition roots; it keeps the calling thread. */
    static Pause real() {
        return duration -> LockSupport.parkNanos(duration.toNanos());
    }

    /** A pause that does not wait. */
    static Pause none() {
        return duration -> {};
    }
}
