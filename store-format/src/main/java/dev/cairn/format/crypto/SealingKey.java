package dev.cairn.format.crypto;

import dev.cairn.format.Bytes;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * A validated X25519 public key to which secrets are sealed with HPKE (RFC 9180).
 *
 * <p>Mode base, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. A sealed secret is the 32-byte encapsulated
 * key, the ciphertext of the secret's size and a tag of 16 bytes. Keys of small order, whose shared secret is always
 * zero, are refused here, so sealing never fails. Thread-safe.
 */
public final class SealingKey {
    /** The size of a public key in bytes. */
    public static final int SIZE = X25519.POINT_SIZE;

    /** What sealing adds to a secret, in bytes. */
    public static final int OVERHEAD = SIZE + 16;

    private static final byte[] PROBE = probe();

    private final Bytes bytes;

    private SealingKey(Bytes bytes) {
        this.bytes = bytes;
    }

    /** The key with the given 32 bytes, or nothing when they are a point of small order or not 32. */
    public static Optional<SealingKey> of(Bytes bytes) {
        if (bytes.size() != SIZE) {
            return Optional.empty();
        }
        byte[] shared = new byte[SIZE];
        boolean usable = X25519.calculateAgreement(PROBE, 0, bytes.toArray(), 0, shared, 0);
        return usable ? Optional.of(new SealingKey(bytes.compact())) : Optional.empty();
    }

    /** {@code secret} sealed so that only the owner of this key opens it, and only with the same info and aad. */
    public Bytes seal(Bytes info, Bytes aad, Secret secret, RandomGenerator random) {
        try (OpeningKey ephemeral = OpeningKey.random(random)) {
            HPKEContextWithEncapsulation context = hpke().setupBaseS(parameters(), info.toArray(), ephemeral.keyPair());
            byte[] ciphertext = context.seal(aad.toArray(), secret.array());
            return Bytes.concat(Bytes.copyOf(context.getEncapsulation()), Bytes.owning(ciphertext));
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("HPKE refused to seal", e);
        }
    }

    /** The 32 bytes. */
    public Bytes bytes() {
        return bytes;
    }

    X25519PublicKeyParameters parameters() {
        return new X25519PublicKeyParameters(bytes.toArray(), 0);
    }

    static HPKE hpke() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    /** Any scalar shows a small order: the agreement clears the cofactor, so the result is zero for all or for none. */
    private static byte[] probe() {
        byte[] scalar = new byte[X25519.SCALAR_SIZE];
        Arrays.fill(scalar, (byte) 0x55);
        return scalar;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealingKey that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "x25519:" + bytes.toHex();
    }
}
