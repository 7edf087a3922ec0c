package dev.cairn.cli.fleet;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Chance for keys and nonces which follows from a seed; for simulations only. */
final class SeededRandom {

    private SeededRandom() {}

    /** The same numbers give the same bytes: this generator, seeded before its first use, adds no entropy. */
    static SecureRandom from(RandomGenerator seeds) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(ByteBuffer.allocate(16)
                    .putLong(seeds.nextLong())
                    .putLong(seeds.nextLong())
                    .array());
            return random;
        } catch (NoSuchAlgorithmException bug) {
            throw new IllegalStateException("SHA1PRNG is part of every JDK", bug);
        }
    }
}
