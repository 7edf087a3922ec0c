package dev.cairn.format.keys;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Hkdf;
import dev.cairn.format.crypto.OpeningKey;
import dev.cairn.format.crypto.SealingKey;
import dev.cairn.format.crypto.Secret;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The key of one epoch, sealed to one recipient: a device or an invite.
 *
 * <p>HPKE with info = "cairn/v1/epoch-key" || recipient's 16-byte id and aad = u32 epoch || check. The recipient's keys
 * exist for one space only, so a sealed key means nothing in another one.
 *
 * @param epoch the number of the epoch, from 1
 * @param check the 16 bytes by which everybody can tell the key without knowing it, see {@link #checkOf}
 * @param sealed 80 bytes: encapsulated key, ciphertext, tag
 */
public record SealedEpochKey(int epoch, Bytes check, Bytes sealed) {
    /** The size of a check in bytes. */
    public static final int CHECK_SIZE = 16;

    /** The size of the sealed part in bytes. */
    public static final int SEALED_SIZE = EpochKey.SIZE + SealingKey.OVERHEAD;

    private static final Bytes INFO = Bytes.utf8("cairn/v1/epoch-key");

    /** Checks the sizes. */
    public SealedEpochKey {
        if (epoch < 1 || epoch > Limits.EPOCHS_MAX) {
            throw new IllegalArgumentException("epoch " + epoch + " is outside 1 .. " + Limits.EPOCHS_MAX);
        }
        if (check.size() != CHECK_SIZE || sealed.size() != SEALED_SIZE) {
            throw new IllegalArgumentException(
                    "a check of " + check.size() + " and a seal of " + sealed.size() + " bytes");
        }
    }

    /** What identifies a key: HKDF-SHA-256(key, "cairn/v1/epoch-check"), 16 bytes. */
    public static Bytes checkOf(EpochKey key) {
        try (Secret check = Hkdf.SHA256.derive(key.secret(), "cairn/v1/epoch-check", CHECK_SIZE)) {
            ByteBuffer bytes = ByteBuffer.allocate(CHECK_SIZE);
            check.writeTo(bytes);
            return Bytes.copyOf(bytes.flip());
        }
    }

    /** {@code key} sealed to the recipient with this 16-byte id and key. */
    public static SealedEpochKey seal(EpochKey key, Bytes recipient, SealingKey to, RandomGenerator random) {
        Bytes check = checkOf(key);
        Bytes sealed = to.seal(info(recipient), aad(key.epoch(), check), key.secret(), random);
        return new SealedEpochKey(key.epoch(), check, sealed);
    }

    /** The key, or nothing when it was not sealed to this recipient or is not the one the check promises. */
    public Optional<EpochKey> open(Bytes recipient, OpeningKey with) {
        Optional<Secret> opened = with.open(info(recipient), aad(epoch, check), sealed);
        if (opened.isEmpty() || opened.get().size() != EpochKey.SIZE) {
            return Optional.empty();
        }
        EpochKey key = new EpochKey(epoch, opened.get());
        if (checkOf(key).equals(check)) {
            return Optional.of(key);
        }
        key.close();
        return Optional.empty();
    }

    private static Bytes info(Bytes recipient) {
        return Bytes.concat(INFO, recipient);
    }

    private static Bytes aad(int epoch, Bytes check) {
        return Bytes.concat(Bytes.of(epoch >>> 24, epoch >>> 16, epoch >>> 8, epoch), check);
    }
}
