package dev.cairn.election;

import dev.cairn.election.protocol.Mode;
import dev.cairn.election.protocol.Timers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How a device takes part.
 *
 * @param mode how leaders are found
 * @param timers how long things take
 * @param label who answers questions, for people
 * @param clock for display, and to notice that the device slept
 * @param monoMillis a clock that never goes back
 * @param random makes incarnations
 * @param threads makes the one thread; without it {@link LeaderElection#look} must be called every few seconds
 */
public record ElectionOptions(
        Mode mode,
        Timers timers,
        String label,
        Clock clock,
        LongSupplier monoMillis,
        RandomGenerator random,
        Optional<ThreadFactory> threads) {

    /** The profile for Syncthing, by itself. */
    public static ElectionOptions defaults() {
        return new ElectionOptions(
                Mode.AUTO,
                Timers.syncthing(),
                "",
                Clock.systemUTC(),
                () -> System.nanoTime() / 1_000_000,
                new SecureRandom(),
                Optional.of(work -> {
                    Thread thread = new Thread(work, "cairn-election");
                    thread.setDaemon(true);
                    return thread;
                }));
    }

    /** The same with another mode. */
    public ElectionOptions with(Mode other) {
        return new ElectionOptions(other, timers, label, clock, monoMillis, random, threads);
    }

    /** The same with other timers. */
    public ElectionOptions with(Timers other) {
        return new ElectionOptions(mode, other, label, clock, monoMillis, random, threads);
    }

    /** The same for somebody. */
    public ElectionOptions withLabel(String other) {
        return new ElectionOptions(mode, timers, other, clock, monoMillis, random, threads);
    }

    /** The same with clocks and randomness of the caller, who calls {@link LeaderElection#look}. */
    public ElectionOptions simulated(Clock wall, LongSupplier mono, RandomGenerator source) {
        return new ElectionOptions(mode, timers, label, wall, mono, source, Optional.empty());
    }

    /** How long to sleep between two looks. */
    Duration pause() {
        long millis = timers.heartbeat().toMillis() / 4;
        return Duration.ofMillis(Math.max(100, Math.min(5_000, millis)));
    }
}
