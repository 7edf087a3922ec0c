package dev.cairn.watcher.nio;

/**
 * Something that gives a hint when a folder changes.
 *
 * <p>A source gives a hint after it has made sure that later changes are noticed too: whoever lists the folder after a
 * hint has not missed anything. It may give hints for nothing.
 */
public interface ChangeSource extends AutoCloseable {
    /** Whether hints can be expected for changes anywhere in the folder; if not, poll, and open another source. */
    boolean alive();

    /**
     * Looks for directories whose appearance was missed, and whether the folder is still the same one. Called now and
     * then, before a listing; cost as a listing.
     */
    void resync();

    /** Stops the hints and ends the source's thread; waits for it unless called by it. Idempotent. */
    @Override
    void close();

    /** A source without events, for folders that are polled. */
    static ChangeSource none() {
        return new ChangeSource() {
            @Override
            public boolean alive() {
                return false;
            }

            @Override
            public void resync() {}

            @Override
            public void close() {}
        };
    }
}
