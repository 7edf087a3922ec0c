package dev.cairn.cli.demo;

import dev.cairn.cli.shell.Interruption;
import java.time.Duration;

/** How the demo's time passes for those who watch it. */
interface Pace {
    /** As fast as it can. */
    Pace FAST = time -> {};

    /** So much of the demo's time has passed: waits until it has passed for those who watch as well. */
    void keep(Duration time);

    /** As on the wall, until it is interrupted. */
    static Pace real(Interruption interruption) {
        return new OnTheWall(interruption);
    }

    /** Counts from its making, so that what the demo itself takes is part of the time and not added to it. */
    final class OnTheWall implements Pace {
        private final Interruption interruption;
        private long due = System.nanoTime();

        private OnTheWall(Interruption interruption) {
            this.interruption = interruption;
        }

        @Override
        public void keep(Duration time) {
            long now = System.nanoTime();
            due = Math.max(due, now - time.toNanos()) + time.toNanos();
            try {
                interruption.await(Duration.ofNanos(Math.max(0, due - now)));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                interruption.raise();
            }
        }
    }
}
