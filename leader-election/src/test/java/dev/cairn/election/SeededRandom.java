package dev.cairn.election;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Keys and ids that follow from a seed, so that a fleet of tests is the same each time. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient SplittableRandom random;

    SeededRandom(long seed) {
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
