package dev.cairn.format.crypto;

import dev.cairn.format.Bytes;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** The secret half of an X25519 key pair, which opens what was sealed to its {@link SealingKey}. Thread-safe. */
public final class OpeningKey implements AutoCloseable {
    /** The size of the secret scalar in bytes. */
    public static final int SCALAR_SIZE = X25519.SCALAR_SIZE;

    private final Secret scalar;
    private final SealingKey sealingKey;

    /** The key pair of the 32-byte {@code scalar}, which belongs to this object from now on. */
    public OpeningKey(Secret scalar) {
        if (scalar.size() != SCALAR_SIZE) {
            throw new IllegalArgumentException("a scalar has " + SCALAR_SIZE + " bytes, not " + scalar.size());
        }
        this.scalar = scalar;
        byte[] publicKey = new byte[SealingKey.SIZE];
        X25519.generatePublicKey(scalar.array(), 0, publicKey, 0);
        this.sealingKey = SealingKey.of(Bytes.owning(publicKey))
                .orElseThrow(() -> new IllegalStateException("a generated public key is always valid"));
    }

    /** A fresh key pair. */
    public static OpeningKey random(RandomGenerator random) {
        return new OpeningKey(Secret.random(SCALAR_SIZE, random));
    }

    /** The public half. */
    public SealingKey sealingKey() {
        return sealingKey;
    }

    /** The secret scalar, for storing it. */
    public Secret scalar() {
        return scalar;
    }

    /** The secret in {@code sealed}, or nothing when it was not sealed to this key with the same info and aad. */
    public Optional<Secret> open(Bytes info, Bytes aad, Bytes sealed) {
        if (sealed.size() < SealingKey.OVERHEAD) {
            return Optional.empty();
        }
        byte[] encapsulated = sealed.slice(0, SealingKey.SIZE).toArray();
        byte[] ciphertext = sealed.slice(SealingKey.SIZE).toArray();
        try {
            byte[] opened = SealingKey.hpke()
                    .setupBaseR(encapsulated, keyPair(), info.toArray())
                    .open(aad.toArray(), ciphertext);
            return Optional.of(Secret.owning(opened));
        } catch (InvalidCipherTextException | IllegalStateException | IllegalArgumentException e) {
            // Bouncy Castle throws IllegalStateException for an encapsulated key of small order
            return Optional.empty();
        }
    }

    AsymmetricCipherKeyPair keyPair() {
        return new AsymmetricCipherKeyPair(sealingKey.parameters(), new X25519PrivateKeyParameters(scalar.array(), 0));
    }

    @Override
    public void close() {
        scalar.close();
    }

    @Override
    public String toString() {
        return "OpeningKey[of " + sealingKey + "]";
    }
}
