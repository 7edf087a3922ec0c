package dev.cairn.watcher;

import dev.cairn.replica.Space;
import dev.cairn.watcher.nio.ChangeSource;
import dev.cairn.watcher.nio.ChangeSources;
import java.io.IOException;

/**
 * Keeps a space fresh while a program runs: looks when the folder changes, and does the space's timed duties.
 *
 * <p>A file that arrives is with the space's listeners some milliseconds later where the system tells of changes, and
 * about a second later where the folder must be polled. Whatever events get lost is found by a slow poll.
 *
 * <pre>{@code
 * try (Watching watching = FolderWatcher.keepFresh(space)) { ... }
 * }</pre>
 */
public final class FolderWatcher {
    private FolderWatcher() {}

    /** Watches with {@linkplain WatchOptions#defaults() default options}. */
    public static Watching keepFresh(Space space) {
        return keepFresh(space, WatchOptions.defaults());
    }

    /**
     * Starts to keep a space fresh. The folder may be missing now and later; it is watched whenever it is there. What
     * the space or its listeners throw is logged in one line and tried again, at first after a second, later once a
     * minute.
     */
    public static Watching keepFresh(Space space, WatchOptions options) {
        return keepFresh(
                Refreshable.of(space),
                options,
                hint -> ChangeSources.open(options.mode(), space.folder(), hint, options.threads()));
    }

    static Watching keepFresh(Refreshable space, WatchOptions options, Opening opening) {
        return new Freshener(space, options, opening, System::nanoTime).start();
    }

    /** Opens a source of hints, see {@link ChangeSources#open}. */
    @FunctionalInterface
    interface Opening {
        ChangeSource open(Runnable hint) throws IOException;
    }
}
