package dev.cairn.watcher.nio;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for the thread of a closed source. */
final class SourceThread {
    /** A hint is quick, so the thread ends at once; this is the bound for a machine that stands still. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

    private SourceThread() {}

    /** Waits until the thread has ended; at once when there is none, or it is the caller's own. */
    static void awaitEnd(@Nullable Thread thread) {
        if (thread == null || thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(CLOSE_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
