package dev.cairn.cli.demo;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Reproducible randomness for keys that live as long as a demo. */
final class Seeds {
    private Seeds() {}

    /** The same seed and index give the same bytes: this generator, seeded before its first use, adds no entropy. */
    static SecureRandom random(long seed, int index) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(ByteBuffer.allocate(12).putLong(seed).putInt(index).array());
            return random;
        } catch (NoSuchAlgorithmException bug) {
            throw new IllegalStateException("SHA1PRNG is part of every JDK", bug);
        }
    }
}
