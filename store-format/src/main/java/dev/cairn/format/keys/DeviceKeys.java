package dev.cairn.format.keys;

import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.OpeningKey;
import dev.cairn.format.crypto.SigningKey;
import java.util.random.RandomGenerator;

/**
 * The secret keys of this device, drawn independently of each other and for one space only.
 *
 * <p>{@link #close} wipes them. No message, log or {@code toString} shows more than the device's id. Thread-safe.
 */
public final class DeviceKeys implements AutoCloseable {
    private final SigningKey signing;
    private final OpeningKey opening;
    private final DevicePublic publicKeys;
    private final DeviceId id;

    /** The two keys, which belong to this object from now on. */
    public DeviceKeys(SigningKey signing, OpeningKey opening) {
        this.signing = signing;
        this.opening = opening;
        this.publicKeys = new DevicePublic(signing.verifyingKey(), opening.sealingKey());
        this.id = publicKeys.id();
    }

    /** Fresh keys; {@code random} must be a {@code SecureRandom} outside of simulations. */
    public static DeviceKeys random(RandomGenerator random) {
        return new DeviceKeys(SigningKey.random(random), OpeningKey.random(random));
    }

    /** The id of the device. */
    public DeviceId id() {
        return id;
    }

    /** The public halves. */
    public DevicePublic publicKeys() {
        return publicKeys;
    }

    /** The key with which the device signs. */
    public SigningKey signing() {
        return signing;
    }

    /** The key with which the device opens what was sealed to it. */
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
        return "DeviceKeys[" + id + "]";
    }
}
