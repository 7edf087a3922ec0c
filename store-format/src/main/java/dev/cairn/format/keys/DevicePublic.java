package dev.cairn.format.keys;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.SealingKey;
import dev.cairn.format.crypto.VerifyingKey;

/**
 * The public keys of a device, both validated.
 *
 * @param signing the Ed25519 key which verifies what the device signs
 * @param sealing the X25519 key to which secrets for the device are sealed
 */
public record DevicePublic(VerifyingKey signing, SealingKey sealing) {
    private static final Bytes LABEL = Bytes.utf8("cairn/v1/device");

    /** The id of the device: the first 16 bytes of SHA-256("cairn/v1/device" || Ed25519 key || X25519 key). */
    public DeviceId id() {
        Bytes digest = Bytes.concat(LABEL, signing.bytes(), sealing.bytes()).sha256();
        return DeviceId.of(digest.slice(0, DeviceId.SIZE));
    }
}
