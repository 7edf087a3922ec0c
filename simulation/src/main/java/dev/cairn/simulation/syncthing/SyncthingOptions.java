package dev.cairn.simulation.syncthing;

import java.time.Duration;

/**
 * How the daemons notice changes, and how patient their starter is.
 *
 * @param watching whether they watch their folders; else they look only when told to scan
 * @param noticeDelay {@code fsWatcherDelayS}: whole seconds, at least one
 * @param patience how long a daemon may take to start, to connect, and to stop
 */
public record SyncthingOptions(boolean watching, Duration noticeDelay, Duration patience) {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    public SyncthingOptions {
        if (noticeDelay.toSeconds() < 1 || noticeDelay.toNanosPart() != 0) {
            throw new IllegalArgumentException("Syncthing counts whole seconds from one, not " + noticeDelay);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("negative patience: " + patience);
        }
    }

    /** Daemons which watch their folders and notice a change after about a second. */
    public static SyncthingOptions watchingFolders() {
        return new SyncthingOptions(true, Duration.ofSeconds(1), PATIENCE);
    }

    /** Daemons which see nothing until {@link SyncthingDaemons#scan()}. */
    public static SyncthingOptions scanningOnDemand() {
        return new SyncthingOptions(false, Duration.ofSeconds(1), PATIENCE);
    }

    /** The same with another delay, in whole seconds. */
    public SyncthingOptions withNoticeDelay(Duration delay) {
        return new SyncthingOptions(watching, delay, patience);
    }
}
