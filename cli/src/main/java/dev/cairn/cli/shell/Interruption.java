package dev.cairn.cli.shell;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish of the user, or of the system, that a command which would go on for ever ends now. */
public final class Interruption {
    private final CountDownLatch raised = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean awaited;

    /** A wish nobody has yet. */
    public Interruption() {}

    /** Raises it: what waits for it goes on. */
    public void raise() {
        raised.countDown();
    }

    /** Whether it was raised. From the first call on the command counts as one that ends by itself. */
    public boolean isRaised() {
        awaited = true;
        return raised.getCount() == 0;
    }

    /** Waits until it is raised. */
    public void await() throws InterruptedException {
        awaited = true;
        raised.await();
    }

    /** Waits until it is raised, but not longer than this; tells whether it was. */
    public boolean await(Duration longest) throws InterruptedException {
        awaited = true;
        return raised.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The command is over. */
    public void end() {
        ended.countDown();
    }

    /** Whether a command looks at this, so that raising it will bring the command's end. */
    public boolean isAwaited() {
        return awaited;
    }

    /** Waits for the command's end. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }
}
