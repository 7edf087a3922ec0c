package dev.cairn.format.crypto;

import dev.cairn.format.Bytes;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A validated Ed25519 public key with the one signature rule of the format.
 *
 * <p>A signature is accepted if and only if it has 64 bytes, S is below the group's order, the key A and the point R
 * are canonical encodings of points in the prime-order subgroup other than the identity, and [S]B = R + [k]A. Libraries
 * differ on signatures outside of this rule; inside of it all agree, so what one device accepts every device accepts.
 * Validation of A happens once, here. Thread-safe.
 */
public final class VerifyingKey {
    /** The size of a public key in bytes. */
    public static final int SIZE = Ed25519.PUBLIC_KEY_SIZE;

    /** The size of a signature in bytes. */
    public static final int SIGNATURE_SIZE = Ed25519.SIGNATURE_SIZE;

    private final Bytes bytes;
    private final Ed25519.PublicPoint point;

    private VerifyingKey(Bytes bytes, Ed25519.PublicPoint point) {
        this.bytes = bytes;
        this.point = point;
    }

    /** The key with the given 32 bytes, or nothing when they are not a canonical point of the prime-order subgroup. */
    public static Optional<VerifyingKey> of(Bytes bytes) {
        if (bytes.size() != SIZE) {
            return Optional.empty();
        }
        Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(bytes.toArray(), 0);
        return point == null ? Optional.empty() : Optional.of(new VerifyingKey(bytes.compact(), point));
    }

    /** Whether {@code signature} is this key's signature over {@code message}. */
    public boolean verify(Bytes message, Bytes signature) {
        if (signature.size() != SIGNATURE_SIZE) {
            return false;
        }
        byte[] signatureBytes = signature.toArray();
        byte[] signed = message.toArray();
        return Ed25519.validatePublicKeyFull(signatureBytes, 0)
                && Ed25519.verify(signatureBytes, 0, point, signed, 0, signed.length);
    }

    /** The 32 bytes. */
    public Bytes bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "ed25519:" + bytes.toHex();
    }
}
