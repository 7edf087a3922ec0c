package dev.cairn.watcher.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts the hints of a source and lets a test wait for the next. */
final class Hints implements Runnable {
    private final Semaphore given = new Semaphore(0);

    @Override
    public void run() {
        given.release();
    }

    /** Waits for a hint and takes all there are; returns how many. */
    int awaitSome() {
        try {
            assertThat(given.tryAcquire(60, TimeUnit.SECONDS))
                    .as("a hint in time")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return 1 + given.drainPermits();
    }
}
