package dev.cairn.watcher;

import dev.cairn.watcher.nio.WatchMode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * How a folder is watched.
 *
 * @param mode where hints come from
 * @param settleFirst how long the folder must be quiet after a single hint: long enough for the two or three events of
 * one
 *     file, short enough not to be felt
 * @param settleQuiet how long it must be quiet in a burst of hints
 * @param settleMax how long a burst may put off looking
 * @param pollEvery how often to look while no source of hints is alive
 * @param safetyPollEvery how often to look although a source is alive, since events get lost
 * @param threads makes the threads, two for each watched space; they must not keep the process alive
 */
public record WatchOptions(
        WatchMode mode,
        Duration settleFirst,
        Duration settleQuiet,
        Duration settleMax,
        Duration pollEvery,
        Duration safetyPollEvery,
        ThreadFactory threads) {
    /** Checks that the durations are positive and in order. */
    public WatchOptions {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(threads, "threads");
        positive("settleFirst", settleFirst);
        positive("pollEvery", pollEvery);
        positive("safetyPollEvery", safetyPollEvery);
        if (settleQuiet.compareTo(settleFirst) < 0 || settleMax.compareTo(settleQuiet) < 0) {
            throw new IllegalArgumentException(
                    "settle times must not fall: " + settleFirst + ", " + settleQuiet + ", " + settleMax);
        }
    }

    /** What suits the folder; 5 ms, 50 ms in a burst, 500 ms at most; every second or, with events, every 45 s. */
    public static WatchOptions defaults() {
        return new WatchOptions(
                WatchMode.AUTO,
                Duration.ofMillis(5),
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(45),
                WatchOptions::daemon);
    }

    /** These options with another source of hints. */
    public WatchOptions withMode(WatchMode other) {
        return new WatchOptions(other, settleFirst, settleQuiet, settleMax, pollEvery, safetyPollEvery, threads);
    }

    /** These options with other settle times. */
    public WatchOptions withSettling(Duration first, Duration quiet, Duration max) {
        return new WatchOptions(mode, first, quiet, max, pollEvery, safetyPollEvery, threads);
    }

    /** These options with other polling intervals, without and with a source of hints. */
    public WatchOptions withPolling(Duration every, Duration safetyEvery) {
        return new WatchOptions(mode, settleFirst, settleQuiet, settleMax, every, safetyEvery, threads);
    }

    /** These options with another maker of threads. */
    public WatchOptions withThreads(ThreadFactory other) {
        return new WatchOptions(mode, settleFirst, settleQuiet, settleMax, pollEvery, safetyPollEvery, other);
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + duration);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "cairn-watcher");
        thread.setDaemon(true);
        return thread;
    }
}
