package dev.cairn.election.protocol;

import java.time.Duration;

/**
 * The durations of the election, which depend on how fast the folder is copied.
 *
 * @param heartbeat how often a device shows that it is there. Too short, and the sync tool holds the file back
 *     (Syncthing delays a file that changes more often than every few seconds by a minute); too long, and everything
 *     below must grow
 * @param grace how long a candidate waits for others, at least. Too short, and two devices stand without having heard
 *     of each other; too long, and there is no leader meanwhile. It is raised to three times the measured round trip
 * @param threshold how long a device may be silent before it counts as gone, at least. Too short, and a slow device
 *     loses the leadership again and again; too long, and a dead leader is not replaced
 * @param settle how long a device looks around after its start. Too short, and it stands before the folder has arrived;
 *     too long, and a lonely device waits for nothing
 */
public record Timers(Duration heartbeat, Duration grace, Duration threshold, Duration settle) {
    private static final int GRACES_IN_THRESHOLD = 5;

    /** Checks that a lease remains between the threshold and the grace period. */
    public Timers {
        requirePositive(heartbeat, "heartbeat");
        requirePositive(grace, "grace");
        requirePositive(settle, "settle");
        if (grace.compareTo(heartbeat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("grace " + grace + " is less than two heartbeats of " + heartbeat);
        }
        if (threshold.compareTo(grace.multipliedBy(GRACES_IN_THRESHOLD)) < 0) {
            throw new IllegalArgumentException("threshold " + threshold + " is less than five times grace " + grace);
        }
    }

    private static void requirePositive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    /** For Syncthing and other tools that take seconds to a minute: 20 s, 2 min, 10 min, 30 s. */
    public static Timers syncthing() {
        return new Timers(
                Duration.ofSeconds(20), Duration.ofSeconds(120), Duration.ofSeconds(600), Duration.ofSeconds(30));
    }

    /** For a network drive, or a tool that takes a second: 2 s, 10 s, 60 s, 3 s. */
    public static Timers fast() {
        return new Timers(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(3));
    }

    /** For clouds that take minutes: 60 s, 10 min, 50 min, 2 min. */
    public static Timers slow() {
        return new Timers(
                Duration.ofSeconds(60), Duration.ofMinutes(10), Duration.ofMinutes(50), Duration.ofMinutes(2));
    }

    long heartbeatMillis() {
        return heartbeat.toMillis();
    }

    long graceMillis() {
        return grace.toMillis();
    }

    long thresholdMillis() {
        return threshold.toMillis();
    }

    long settleMillis() {
        return settle.toMillis();
    }

    /** Grace for a round trip that was measured. */
    long graceMillis(long roundTripMillis) {
        return Math.max(graceMillis(), 3 * roundTripMillis);
    }

    /** Threshold for a grace period. */
    long thresholdMillis(long graceMillis) {
        return Math.max(thresholdMillis(), GRACES_IN_THRESHOLD * graceMillis);
    }

    /** How long a leader leads after somebody heard of it who keeps to it for {@code patienceMillis}. */
    long leaseMillis(long patienceMillis) {
        return Math.max(0, patienceMillis - graceMillis() - heartbeatMillis());
    }

    /** How often a device of a fleet of that many publishes: many take it slower. */
    long periodMillis(int devices) {
        long scaled = heartbeatMillis() * Math.max(1, (devices + FLEET - 1) / FLEET);
        return Math.min(scaled, Math.max(heartbeatMillis(), thresholdMillis() / 6));
    }

    /** Devices up to which the heartbeat is what the profile says. */
    private static final int FLEET = 16;
}
