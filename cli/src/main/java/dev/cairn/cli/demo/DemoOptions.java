package dev.cairn.cli.demo;

import java.time.Duration;

/**
 * What the demo shall be.
 *
 * @param devices how many, from 2 to 16
 * @param time how long the authors type
 * @param syncthing whether real Syncthing daemons join the folders instead of the simulated one
 * @param seed decides what the authors do and, simulated, everything else
 * @param keep whether the folders stay afterwards
 */
public record DemoOptions(int devices, Duration time, boolean syncthing, long seed, boolean keep) {
    /** The most devices. */
    public static final int DEVICES_MAX = 16;

    /** Checks the numbers. */
    public DemoOptions {
        if (devices < 2 || devices > DEVICES_MAX || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("devices " + devices + ", time " + time);
        }
    }
}
