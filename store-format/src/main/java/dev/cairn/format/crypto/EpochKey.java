package dev.cairn.format.crypto;

import dev.cairn.format.FileKind;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The 32-byte key of one epoch of a space: epoch 0 is the key of the member log, epochs from 1 are those of the data.
 *
 * <p>Files of each kind are encrypted under their own derivation of it, {@link #inputKey}, which is computed once and
 * kept. Thread-safe.
 */
public final class EpochKey implements AutoCloseable {
    /** The size of an epoch key in bytes. */
    public static final int SIZE = 32;

    private final int epoch;
    private final Secret secret;
    private final AtomicReferenceArray<@Nullable Secret> inputKeys = new AtomicReferenceArray<>(32);

    /** The key {@code secret}, which belongs to this object from now on, for {@code epoch}. */
    public EpochKey(int epoch, Secret secret) {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch " + epoch);
        }
        if (secret.size() != SIZE) {
            throw new IllegalArgumentException("an epoch key has " + SIZE + " bytes, not " + secret.size());
        }
        this.epoch = epoch;
        this.secret = secret;
    }

    /** A fresh key. */
    public static EpochKey random(int epoch, RandomGenerator random) {
        return new EpochKey(epoch, Secret.random(SIZE, random));
    }

    /** The number of the epoch, as in the envelope. */
    public int epoch() {
        return epoch;
    }

    /** Copies the 32 bytes to {@code target}, which the caller wipes after use. */
    public void writeTo(ByteBuffer target) {
        secret.writeTo(target);
    }

    /** The key itself, for sealing it to somebody. */
    public Secret secret() {
        return secret;
    }

    /** The input key of {@link Cobblestone} for files of {@code kind}: HKDF-SHA-256(key, "cairn/v1/" || kind). */
    public Secret inputKey(FileKind kind) {
        Secret known = inputKeys.get(kind.code());
        if (known != null) {
            return known;
        }
        Secret derived = Hkdf.SHA256.derive(secret, "cairn/v1/" + kind.label(), Cobblestone.KEY_SIZE);
        inputKeys.compareAndSet(kind.code(), null, derived);
        return derived;
    }

    /** Wipes the key and all that was derived from it. */
    @Override
    public void close() {
        secret.close();
        for (int i = 0; i < inputKeys.length(); i++) {
            Secret derived = inputKeys.get(i);
            if (derived != null) {
                derived.close();
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EpochKey that && epoch == that.epoch && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return epoch;
    }

    @Override
    public String toString() {
        return "EpochKey[epoch " + epoch + "]";
    }
}
