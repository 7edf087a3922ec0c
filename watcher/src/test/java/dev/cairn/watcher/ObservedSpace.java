package dev.cairn.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.folder.FolderOptions;
import dev.cairn.format.folder.Listing.Entry;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.replica.Subscription;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A space that takes in the names of files, and tells a test what it has been asked to do. */
final class ObservedSpace implements Refreshable {
    /** Long enough for a machine that stands still; a test that waits this long has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SharedFolder folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Set<String> seen = new HashSet<>();
    private Runnable whileRefreshing = () -> {};
    private Runnable whileOnDuty = () -> {};
    private Runnable wake = () -> {};
    private Duration untilDuty = Duration.ofMinutes(1);
    private int refreshes;
    private int duties;
    private boolean registered;

    ObservedSpace(Path path) {
        folder = SharedFolder.at(path, FolderOptions.direct(Clock.systemUTC()));
    }

    @Override
    public Path folder() {
        return folder.path();
    }

    @Override
    public void refresh() {
        locked(() -> refreshes++);
        Set<String> listed = new HashSet<>();
        for (Entry entry : folder.list().entries()) {
            listed.add(entry.path());
        }
        locked(() -> whileRefreshing).run();
        locked(() -> seen.addAll(listed));
    }

    @Override
    public Duration duties() {
        locked(() -> duties++);
        locked(() -> whileOnDuty).run();
        return locked(() -> untilDuty);
    }

    @Override
    public Subscription onDue(Runnable wakeUp) {
        locked(() -> {
            wake = wakeUp;
            registered = true;
            return true;
        });
        return () -> locked(() -> registered = false);
    }

    void whileRefreshing(Runnable action) {
        locked(() -> whileRefreshing = action);
    }

    void whileOnDuty(Runnable action) {
        locked(() -> whileOnDuty = action);
    }

    void dutyIn(Duration duration) {
        locked(() -> untilDuty = duration);
    }

    void becomeDue() {
        locked(() -> wake).run();
    }

    int refreshes() {
        return locked(() -> refreshes);
    }

    boolean registered() {
        return locked(() -> registered);
    }

    void awaitRefreshes(int count) {
        await(() -> refreshes >= count, "refreshes");
    }

    void awaitDuties(int count) {
        await(() -> duties >= count, "duties");
    }

    void awaitSeen(Set<String> paths) {
        await(() -> seen.containsAll(paths), "files");
    }

    private void await(BooleanSupplier condition, String what) {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (!condition.getAsBoolean() && left > 0) {
                left = news.awaitNanos(left);
            }
            assertThat(condition.getAsBoolean())
                    .as("%s in time: %d refreshes, %d duties, %d files", what, refreshes, duties, seen.size())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            T result = action.get();
            news.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a latch as patiently as for anything else. */
    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("in time")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
