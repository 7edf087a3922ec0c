package dev.cairn.replica.identity;

import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.HedgedSalt;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.Sealer;
import dev.cairn.format.keys.DeviceKeys;
import dev.cairn.format.keys.InviteCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * All that this device alone knows of one space. Immutable; a change gives a new value which shares the keys.
 *
 * <p>{@link #close} wipes the keys of this value and of those it was made from; do it once, at the end. No message or
 * {@code toString} shows a secret.
 */
public final class LocalSecrets implements AutoCloseable {
    private final SpaceId space;
    private final String deviceName;
    private final DeviceKeys device;
    private final EpochKey memberLogKey;
    private final List<EpochKey> epochKeys;
    private final Secret saltSecret;
    private final List<WriterId> writers;
    private final Optional<Joining> joining;

    LocalSecrets(
            SpaceId space,
            String deviceName,
            DeviceKeys device,
            EpochKey memberLogKey,
            List<EpochKey> epochKeys,
            Secret saltSecret,
            List<WriterId> writers,
            Optional<Joining> joining) {
        if (writers.isEmpty()) {
            throw new IllegalArgumentException("a device without a writer id");
        }
        this.space = space;
        this.deviceName = deviceName;
        this.device = device;
        this.memberLogKey = memberLogKey;
        this.epochKeys = List.copyOf(epochKeys);
        this.saltSecret = saltSecret;
        this.writers = List.copyOf(writers);
        this.joining = joining;
    }

    /**
     * A join which is not finished.
     *
     * @param seed the seed of the invite's keys
     * @param approval whether a member must approve
     */
    record Joining(Secret seed, boolean approval) {}

    /** The space. */
    public SpaceId space() {
        return space;
    }

    /** What this device calls itself. */
    public String deviceName() {
        return deviceName;
    }

    /** The keys of this device. */
    public DeviceKeys device() {
        return device;
    }

    /** The key of the member log. */
    public EpochKey memberLogKey() {
        return memberLogKey;
    }

    /** The keys of the epochs of data, in ascending order of their numbers. */
    public List<EpochKey> epochKeys() {
        return epochKeys;
    }

    /** A secret which is good for nothing but salts. */
    Secret saltSecret() {
        return saltSecret;
    }

    /** Under which id this device writes now. */
    public WriterId writer() {
        return writers.get(writers.size() - 1);
    }

    /** All ids under which this device has written, the current one last. */
    public List<WriterId> writers() {
        return writers;
    }

    Optional<Joining> joining() {
        return joining;
    }

    /** Whether the device has begun to join and not seen the end of it. */
    public boolean isJoining() {
        return joining.isPresent();
    }

    /** All keys, as readers of files take them. */
    public KeyRing keyRing() {
        return epoch -> epoch == 0
                ? List.of(memberLogKey)
                : epochKeys.stream().filter(key -> key.epoch() == epoch).toList();
    }

    /** What seals this device's files under {@code key}, one of {@link #keyRing}. */
    public Sealer sealer(EpochKey key, RandomGenerator random) {
        return Sealer.of(space, writer(), key, new HedgedSalt(saltSecret, random));
    }

    /** The same device in a new incarnation: it goes on under {@code next}. */
    public LocalSecrets withWriter(WriterId next) {
        if (writers.contains(next)) {
            throw new IllegalArgumentException("the writer id " + next + " was used before");
        }
        List<WriterId> all = new ArrayList<>(writers);
        all.add(next);
        return new LocalSecrets(space, deviceName, device, memberLogKey, epochKeys, saltSecret, all, joining);
    }

    /** The same device, joining by {@code code}: these secrets themselves if that is what they were made for. */
    public LocalSecrets joiningBy(InviteCode code) {
        if (!code.space().equals(space)) {
            throw new IllegalArgumentException("an invite to " + code.space() + " for a device of " + space);
        }
        if (joining.filter(unfinished -> unfinished.seed().equals(code.seed())).isPresent()) {
            return this;
        }
        Joining other = new Joining(code.seed().copy(), code.approval());
        return new LocalSecrets(
                space, deviceName, device, memberLogKey, epochKeys, saltSecret, writers, Optional.of(other));
    }

    LocalSecrets withEpochKeys(List<EpochKey> keys) {
        return new LocalSecrets(space, deviceName, device, memberLogKey, keys, saltSecret, writers, joining);
    }

    LocalSecrets joined() {
        return new LocalSecrets(
                space, deviceName, device, memberLogKey, epochKeys, saltSecret, writers, Optional.empty());
    }

    @Override
    public void close() {
        device.close();
        memberLogKey.close();
        epochKeys.forEach(EpochKey::close);
        saltSecret.close();
        joining.ifPresent(unfinished -> unfinished.seed().close());
    }

    @Override
    public String toString() {
        return "LocalSecrets[device " + device.id() + " of space " + space + "]";
    }
}
