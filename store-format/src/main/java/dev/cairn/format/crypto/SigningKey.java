package dev.cairn.format.crypto;

import dev.cairn.format.Bytes;
import java.util.random.RandomGenerator;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The secret half of an Ed25519 key pair (RFC 8032); wiped by {@link #close}. Thread-safe. */
public final class SigningKey implements AutoCloseable {
    /** The size of the secret seed in bytes. */
    public static final int SEED_SIZE = 32;

    private final Secret seed;
    private final byte[] publicKey;
    private final VerifyingKey verifyingKey;

    /** The key pair of the 32-byte {@code seed}, which belongs to this object from now on. */
    public SigningKey(Secret seed) {
        if (seed.size() != SEED_SIZE) {
            throw new IllegalArgumentException("a seed has " + SEED_SIZE + " bytes, not " + seed.size());
        }
        this.seed = seed;
        this.publicKey = new byte[VerifyingKey.SIZE];
        Ed25519.generatePublicKey(seed.array(), 0, publicKey, 0);
        this.verifyingKey = VerifyingKey.of(Bytes.copyOf(publicKey))
                .orElseThrow(() -> new IllegalStateException("a generated public key is always valid"));
    }

    /** A fresh key pair. */
    public static SigningKey random(RandomGenerator random) {
        return new SigningKey(Secret.random(SEED_SIZE, random));
    }

    /** The public half. */
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /** The secret seed, for storing it. */
    public Secret seed() {
        return seed;
    }

    /** The 64-byte signature over {@code message}. */
    public Bytes sign(Bytes message) {
        byte[] signature = new byte[VerifyingKey.SIGNATURE_SIZE];
        byte[] signed = message.toArray();
        Ed25519.sign(seed.array(), 0, publicKey, 0, signed, 0, signed.length, signature, 0);
        return Bytes.owning(signature);
    }

    @Override
    public void close() {
        seed.close();
    }

    @Override
    public String toString() {
        return "SigningKey[of " + verifyingKey + "]";
    }
}
