package dev.cairn.watcher;

/** A space being kept fresh; close it before the space. Safe for use by several threads. */
public interface Watching extends AutoCloseable {
    /** Whether the system tells of changes in the folder now; false while it is polled. */
    boolean live();

    /** Asks to look at the folder soon, as an event would. Returns at once. */
    void hint();

    /**
     * Stops watching. Waits for a refresh that is running, up to five seconds, unless called by it; afterwards no
     * thread is left but one which the disk still holds. Idempotent.
     */
    @Override
    void close();
}
