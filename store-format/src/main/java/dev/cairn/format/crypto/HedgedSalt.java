package dev.cairn.format.crypto;

import dev.cairn.format.Bytes;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;

/**
 * The source of the salts of sealed files, which stay distinct even when the random generator repeats itself.
 *
 * <p>A salt is the first 24 bytes of HMAC-SHA-256(local secret, 32 random bytes || SHA-256(header) ||
 * SHA-256(payload)): two different files have different salts although a restored virtual machine draws the same
 * random bytes again.
 */
public final class HedgedSalt {
    /** The size of a salt in bytes. */
    public static final int SIZE = 24;

    private static final int RANDOM_SIZE = 32;

    private final Secret localSecret;
    private final RandomGenerator random;

    /** Salts from a secret of this device and a generator which is unpredictable outside of simulations. */
    public HedgedSalt(Secret localSecret, RandomGenerator random) {
        this.localSecret = localSecret;
        this.random = random;
    }

    /** A salt for the file with this header and payload. */
    public Bytes salt(Bytes header, Bytes payload) {
        byte[] fresh = new byte[RANDOM_SIZE];
        random.nextBytes(fresh);
        Mac mac = Hmac.initialised("HmacSHA256", localSecret.array());
        mac.update(fresh);
        mac.update(header.sha256().asByteBuffer());
        mac.update(payload.sha256().asByteBuffer());
        return Bytes.copyOf(mac.doFinal(), 0, SIZE);
    }
}
