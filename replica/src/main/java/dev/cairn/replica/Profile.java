package dev.cairn.replica;

import java.time.Duration;

/**
 * How often a device writes into the folder, chosen for the tool which synchronises it.
 *
 * <p>Commits are durable at once in every profile; only their publication is paced. Syncthing's watcher holds a file
 * back for more than a minute when it is replaced every few seconds, so more often is not sooner.
 */
public enum Profile {
    /** Syncthing with its default settings, Dropbox, OneDrive and the like: 1 s after the first change, then 10 s. */
    SYNCTHING(Duration.ofSeconds(1), Duration.ofSeconds(10)),
    /** A shared or network folder, or Syncthing with {@code fsWatcherDelayS=1}: at most once a second. */
    FAST(Duration.ofMillis(50), Duration.ofSeconds(1)),
    /** A connection paid by volume: at most once in five minutes. */
    METERED(Duration.ofSeconds(30), Duration.ofMinutes(5)),
    /** Tools which dislike files that change: only new segment files, at most every 30 s. */
    SEALED_ONLY(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private final Duration firstDelay;
    private final Duration interval;

    Profile(Duration firstDelay, Duration interval) {
        this.firstDelay = firstDelay;
        this.interval = interval;
    }

    /** How long after the first unpublished change the device publishes. */
    public Duration firstDelay() {
        return firstDelay;
    }

    /** The least time between two publications. */
    public Duration interval() {
        return interval;
    }
}
