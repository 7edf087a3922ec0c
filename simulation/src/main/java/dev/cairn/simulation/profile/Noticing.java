package dev.cairn.simulation.profile;

import java.time.Duration;

/**
 * When a tool takes notice of a change in its own folder.
 *
 * @param delay a change is sent 0.5 to 1.5 times this long after it was made, as soon as its file was quiet for half
 *     of it; zero means at once
 * @param holdBackMax how long a file that keeps changing is held back at most
 */
public record Noticing(Duration delay, Duration holdBackMax) {

    /** Notices everything at once. */
    public static final Noticing IMMEDIATE = new Noticing(Duration.ZERO, Duration.ZERO);

    public Noticing {
        if (delay.isNegative() || holdBackMax.isNegative()) {
            throw new IllegalArgumentException("negative delay: " + delay + ", " + holdBackMax);
        }
    }
}
