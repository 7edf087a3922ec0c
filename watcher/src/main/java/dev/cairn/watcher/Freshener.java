package dev.cairn.watcher;

import dev.cairn.replica.Subscription;
import dev.cairn.watcher.nio.ChangeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The thread of one watched space: sleeps until something is due by the {@link Schedule}, looks, does duties.
 *
 * <p>The space is only ever called on this thread and never under the lock, so that a listener may take as long as it
 * likes, and may close the watching. A source of hints that is not alive is replaced before a look, never after it:
 * what happens from the opening on gives a hint, and what happened before is seen by the look.
 */
final class Freshener implements Watching {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final Refreshable space;
    private final FolderWatcher.Opening opening;
    private final LongSupplier nanos;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Schedule schedule; // guarded by lock
    private boolean closed; // guarded by lock

    private volatile Subscription dueSooner = () -> {};
    private volatile ChangeSource source = ChangeSource.none();
    private final Complaints complaints;

    Freshener(Refreshable space, WatchOptions options, FolderWatcher.Opening opening, LongSupplier nanos) {
        this.space = space;
        this.opening = opening;
        this.nanos = nanos;
        this.complaints = new Complaints(space.folder());
        this.schedule = new Schedule(options, nanos.getAsLong());
        this.thread = options.threads().newThread(this::run);
    }

    /** Starts the thread; what the space says to the registration goes to the caller. */
    Freshener start() {
        dueSooner = space.onDue(this::due);
        thread.start();
        return this;
    }

    @Override
    public boolean live() {
        return source.alive();
    }

    @Override
    public void hint() {
        tell(() -> schedule.hint(nanos.getAsLong()));
    }

    private void due() {
        tell(() -> schedule.dutiesDue(nanos.getAsLong()));
    }

    private void tell(Runnable news) {
        lock.lock();
        try {
            news.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        tell(() -> closed = true);
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            complaints.aboutClosing();
        }
    }

    private void run() {
        try {
            while (awaitSomethingDue()) {
                attempt();
            }
        } finally {
            dueSooner.close();
            closeSource();
        }
    }

    /** Waits; false when the watching has been closed. */
    private boolean awaitSomethingDue() {
        lock.lock();
        try {
            while (!closed) {
                long now = nanos.getAsLong();
                long wait = Math.min(schedule.refreshAt() - now, schedule.dutyAt() - now);
                if (wait <= 0) {
                    return true;
                }
                changed.awaitNanos(wait);
            }
            return false;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void attempt() {
        try {
            if (isDue(schedule::refreshAt)) {
                look();
            }
            if (isDue(schedule::dutyAt)) {
                tell(schedule::onDuty);
                Duration next = space.duties();
                tell(() -> schedule.dutiesDone(nanos.getAsLong(), next));
            }
            complaints.over(Complaints.Topic.REFRESH);
        } catch (RuntimeException | Error e) {
            // whatever a listener or a disk does: the watch goes on, later
            complaints.about(Complaints.Topic.REFRESH, e);
            tell(() -> schedule.failed(nanos.getAsLong()));
        }
    }

    private boolean isDue(LongSupplier time) {
        lock.lock();
        try {
            return !closed && time.getAsLong() - nanos.getAsLong() <= 0;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        long begun = nanos.getAsLong();
        tendSource();
        tell(schedule::refreshing);
        space.refresh();
        boolean live = source.alive();
        tell(() -> schedule.refreshed(begun, nanos.getAsLong(), live));
    }

    private void tendSource() {
        if (source.alive() && isDue(schedule::pollAt)) {
            source.resync();
        }
        if (source.alive()) {
            return;
        }
        closeSource();
        try {
            source = opening.open(this::hint);
            complaints.over(Complaints.Topic.WATCH);
        } catch (IOException | RuntimeException e) {
            complaints.about(Complaints.Topic.WATCH, e);
        }
    }

    private void closeSource() {
        try {
            source.close();
        } catch (RuntimeException e) {
            complaints.about(Complaints.Topic.WATCH, e);
        }
        source = ChangeSource.none();
    }
}
