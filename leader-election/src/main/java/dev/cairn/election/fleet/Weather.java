package dev.cairn.election.fleet;

import java.time.Duration;

/**
 * What a fleet has to live with.
 *
 * @param devices how many there are
 * @param length how long it is watched
 * @param delayMin how long a file travels at least
 * @param delayMax how long a file travels at most
 * @param linkDown the share of time for which each link between two devices is broken
 * @param asleep the share of time for which each device sleeps
 * @param skew by how much clocks are wrong at most
 * @param confirms how often a user says that his device is the only one, of 1
 * @param breaks how long a break of a link, and a nap of a device, takes on average
 * @param restarts how often a device's process starts again, on average; zero for never
 */
public record Weather(
        int devices,
        Duration length,
        Duration delayMin,
        Duration delayMax,
        double linkDown,
        double asleep,
        Duration skew,
        double confirms,
        Duration breaks,
        Duration restarts) {

    /** Devices that are always on and joined by a tool which takes 5 to 40 seconds. */
    public static Weather fair(int devices) {
        return new Weather(
                devices,
                Duration.ofHours(8),
                Duration.ofSeconds(5),
                Duration.ofSeconds(40),
                0,
                0,
                Duration.ZERO,
                0,
                Duration.ofMinutes(15),
                Duration.ZERO);
    }

    /** The same with files that take so long. */
    public Weather withDelay(Duration min, Duration max) {
        return new Weather(devices, length, min, max, linkDown, asleep, skew, confirms, breaks, restarts);
    }

    /** The same with links that are broken for that share of time. */
    public Weather withLinkDown(double share) {
        return new Weather(devices, length, delayMin, delayMax, share, asleep, skew, confirms, breaks, restarts);
    }

    /** The same with devices that sleep for that share of time, and clocks that are wrong. */
    public Weather withSleep(double share, Duration wrong) {
        return new Weather(devices, length, delayMin, delayMax, linkDown, share, wrong, confirms, breaks, restarts);
    }

    /** The same with users who confirm that share of the questions. */
    public Weather withConfirms(double share) {
        return new Weather(devices, length, delayMin, delayMax, linkDown, asleep, skew, share, breaks, restarts);
    }

    /** The same for so long. */
    public Weather withLength(Duration time) {
        return new Weather(devices, time, delayMin, delayMax, linkDown, asleep, skew, confirms, breaks, restarts);
    }

    /** The same with breaks and naps which take so long on average. */
    public Weather withBreaks(Duration time) {
        return new Weather(devices, length, delayMin, delayMax, linkDown, asleep, skew, confirms, time, restarts);
    }

    /** The same with processes that start again so often on average. */
    public Weather withRestarts(Duration every) {
        return new Weather(devices, length, delayMin, delayMax, linkDown, asleep, skew, confirms, breaks, every);
    }
}
