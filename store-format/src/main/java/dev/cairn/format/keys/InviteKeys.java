package dev.cairn.format.keys;

import dev.cairn.format.crypto.Hkdf;
import dev.cairn.format.crypto.OpeningKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;

/**
 * The key pairs of an invite, derived from its 32-byte seed.
 *
 * <p>The Ed25519 seed is HKDF-SHA-256(seed, "cairn/v1/invite-sign"), the X25519 scalar HKDF-SHA-256(seed,
 * "cairn/v1/invite-open"), 32 bytes each. {@link #close} wipes both. Thread-safe.
 */
public final class InviteKeys implements AutoCloseable {
    private final SigningKey signing;
    private final OpeningKey opening;

    private InviteKeys(SigningKey signing, OpeningKey opening) {
        this.signing = signing;
        this.opening = opening;
    }

    /** The keys of the invite with the given seed, which is only read. */
    public static InviteKeys of(Secret seed) {
        return new InviteKeys(
                new SigningKey(Hkdf.SHA256.derive(seed, "cairn/v1/invite-sign", SigningKey.SEED_SIZE)),
                new OpeningKey(Hkdf.SHA256.derive(seed, "cairn/v1/invite-open", OpeningKey.SCALAR_SIZE)));
    }

    /** The id of the invite. */
    public InviteId id() {
        return InviteId.of(publicKeys());
    }

    /** The public halves, which the invite's entry carries. */
    public DevicePublic publicKeys() {
        return new DevicePublic(signing.verifyingKey(), opening.sealingKey());
    }

    /** The key which signs a join beside the joining device. */
    public SigningKey signing() {
        return signing;
    }

    /** The key which opens the epoch keys in the invite's entry. */
    public OpeningKey opening() {
        return opening;
    }

    @Override
    public void close() {
        signing.close();
        opening.close();
    }

    @Override
    public String toString() {
        return "InviteKeys[" + id() + "]";
    }
}
