package dev.cairn.simulation.fleet;

import java.io.IOException;
import java.time.Duration;

/** What an application has of time beside the clock of its device, which may be wrong. */
public interface DeviceTimer {

    /** Milliseconds from somewhere; they never go back, so that they measure how long something takes. */
    long runningMillis();

    /**
     * Plans something the process does later, as a thread of its own would: never in the middle of anything else it
     * does, and not at all if the process has ended by then.
     */
    void after(Duration wait, Work work);

    /** What is done later; may throw what the disk throws. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }
}
