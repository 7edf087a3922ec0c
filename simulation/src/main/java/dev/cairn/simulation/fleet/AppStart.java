package dev.cairn.simulation.fleet;

import java.io.IOException;

/**
 * How a process of the application starts on a device, for the first time or again.
 *
 * @param <A> the application
 */
@FunctionalInterface
public interface AppStart<A extends SimulatedApp> {
    /** Starts it with what is in the device's folder and state. */
    A start(SimulatedDevice device) throws IOException;
}
