package dev.cairn.replica;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Waits for something in real time: looks, waits until somebody refreshes or a moment has passed, looks again. */
final class Waiter {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition refreshed = lock.newCondition();
    private long refreshes;

    void wake() {
        lock.lock();
        try {
            refreshes++;
            refreshed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean await(Duration timeout, BooleanSupplier condition) {
        long left = timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (left <= 0) {
                return false;
            }
            long slice = Math.min(left, LOOK_NANOS);
            long unused = pause(slice);
            if (unused == Long.MIN_VALUE) {
                return false;
            }
            left -= slice - Math.max(0, unused);
        }
        return true;
    }

    /** Waits; returns the time not used up, or {@link Long#MIN_VALUE} when the thread was interrupted. */
    private long pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            long before = refreshes;
            while (refreshes == before && left > 0) {
                left = refreshed.awaitNanos(left);
            }
            return left;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Long.MIN_VALUE;
        } finally {
            lock.unlock();
        }
    }
}
