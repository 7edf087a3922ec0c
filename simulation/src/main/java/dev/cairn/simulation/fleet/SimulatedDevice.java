package dev.cairn.simulation.fleet;

import dev.cairn.simulation.time.VirtualClock;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a process finds on its device. Everything in it is simulated, except a state directory which the test has put on
 * a real disk.
 *
 * @param name the device's name, which stays
 * @param folder the synced folder
 * @param state an existing directory which nobody synchronises
 * @param clock what the device believes the time to be
 * @param timer measures how long something takes, and plans what is done later
 * @param random chance which follows from the seed
 * @param timeline takes a line for the timeline of the run
 */
public record SimulatedDevice(
        String name,
        Path folder,
        Path state,
        VirtualClock clock,
        DeviceTimer timer,
        RandomGenerator random,
        Consumer<String> timeline) {}
