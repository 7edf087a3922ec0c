package dev.cairn.simulation.syncthing;

import java.time.Duration;

/**
 * How the daemons notice changes, and how patient their starter is.
 *
 * @param watching whether they watch their folders; else they look only when told to scan
 * @param noticeDelay {@code fsWatcherDelayS}: whole seconds, at least one
 * @param patience how long a daemon may take to start, to connect, and to stop
 * @param versionsKept how many versions of a file which another daemon has replaced are kept in {@code .stversions}
 */
public record SyncthingOptions(boolean watching, Duration noticeDelay, Duration patience, int versionsKept) {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    public SyncthingOptions {
        if (noticeDelay.toSeconds() < 1 || noticeDelay.toNanosPart() != 0) {
            throw new IllegalArgumentException("Syncthing counts whole seconds from one, not " + noticeDelay);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("negative patience: " + patience);
        }
        if (versionsKept < 0) {
            throw new IllegalArgumentException("fewer than no versions: " + versionsKept);
        }
    }

    /** Daemons which watch their folders and notice a change after about a second. */
    public static SyncthingOptions watchingFolders() {
        return new SyncthingOptions(true, Duration.ofSeconds(1), PATIENCE, 0);
    }

    /** Daemons which see nothing until {@link SyncthingDaemons#scan()}. */
    public static SyncthingOptions scanningOnDemand() {
        return new SyncthingOptions(false, Duration.ofSeconds(1), PATIENCE, 0);
    }

    /** The same with another delay, in whole seconds. */
    public SyncthingOptions withNoticeDelay(Duration delay) {
        return new SyncthingOptions(watching, delay, patience, versionsKept);
    }

    /** The same with so many versions kept of each file. */
    public SyncthingOptions withVersionsKept(int versions) {
        return new SyncthingOptions(watching, noticeDelay, patience, versions);
    }
}
