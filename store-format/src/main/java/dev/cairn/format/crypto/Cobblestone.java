package dev.cairn.format.crypto;

import dev.cairn.format.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cobblestone-256, the chunked encryption of c2sp.org/chunked-encryption with SHA-512 and AES-256-GCM.
 *
 * <pre>
 * key 32 || base nonce 12 || commitment 32 = HKDF-Expand-SHA-512(input key, LABEL || 00 || salt || context)
 * message    = salt 24 || commitment 32 || chunk 0 || chunk 1 || ...
 * chunk i    = AES-256-GCM(key, base nonce XOR i, 16 KiB of the plaintext); the last one is shorter, and maybe empty
 * </pre>
 *
 * A wrong key is recognised by the commitment before anything is decrypted. Chunks stay at 16 KiB because the
 * platform's AES-GCM is slow for large single calls until its intrinsics are reached.
 */
public final class Cobblestone {
    /** The size of an input key in bytes. */
    public static final int KEY_SIZE = 32;

    /** The size of the salt in bytes. */
    public static final int SALT_SIZE = HedgedSalt.SIZE;

    /** The size of the key commitment in bytes. */
    public static final int COMMITMENT_SIZE = 32;

    /** The size of a full chunk of plaintext in bytes. */
    public static final int CHUNK_SIZE = 16 << 10;

    /** The size of the tag of each chunk in bytes. */
    public static final int TAG_SIZE = 16;

    private static final int NONCE_SIZE = 12;
    private static final int PREFIX_SIZE = SALT_SIZE + COMMITMENT_SIZE;
    private static final byte[] LABEL =
            "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec key;
    private final byte[] baseNonce;
    private final byte[] commitment;

    private Cobblestone(byte[] derived) {
        this.key = new SecretKeySpec(derived, 0, KEY_SIZE, "AES");
        this.baseNonce = Arrays.copyOfRange(derived, KEY_SIZE, KEY_SIZE + NONCE_SIZE);
        this.commitment = Arrays.copyOfRange(derived, KEY_SIZE + NONCE_SIZE, derived.length);
        Arrays.fill(derived, (byte) 0);
    }

    private static Cobblestone derive(Secret inputKey, Bytes salt, Bytes context) {
        if (inputKey.size() != KEY_SIZE) {
            throw new IllegalArgumentException("an input key has " + KEY_SIZE + " bytes, not " + inputKey.size());
        }
        byte[] info = new byte[LABEL.length + SALT_SIZE + context.size()];
        System.arraycopy(LABEL, 0, info, 0, LABEL.length);
        salt.copyTo(info, LABEL.length);
        context.copyTo(info, LABEL.length + SALT_SIZE);
        return new Cobblestone(Hkdf.SHA512.expand(inputKey.array(), info, KEY_SIZE + NONCE_SIZE + COMMITMENT_SIZE));
    }

    /** The size of the sealed message for a plaintext of {@code size} bytes. */
    public static long sealedSize(long size) {
        return PREFIX_SIZE + size + TAG_SIZE * (size / CHUNK_SIZE + 1);
    }

    /** The sealed message; {@code salt} must never repeat for one input key and context. */
    public static Bytes seal(Secret inputKey, Bytes context, Bytes salt, Bytes plaintext) {
        if (salt.size() != SALT_SIZE) {
            throw new IllegalArgumentException("a salt has " + SALT_SIZE + " bytes, not " + salt.size());
        }
        Cobblestone keys = derive(inputKey, salt, context);
        byte[] out = new byte[Math.toIntExact(sealedSize(plaintext.size()))];
        salt.copyTo(out, 0);
        System.arraycopy(keys.commitment, 0, out, SALT_SIZE, COMMITMENT_SIZE);
        keys.sealChunks(plaintext.toArray(), out);
        return Bytes.owning(out);
    }

    /** Whether {@code message} was sealed under this key and context; what follows the commitment is not looked at. */
    public static boolean committed(Secret inputKey, Bytes context, Bytes message) {
        return message.size() >= PREFIX_SIZE
                && MessageDigest.isEqual(
                        derive(inputKey, message.slice(0, SALT_SIZE), context).commitment,
                        message.slice(SALT_SIZE, PREFIX_SIZE).toArray());
    }

    /** The plaintext of {@code message}, or nothing when any byte of it, the key or the context is not the original. */
    public static Optional<Bytes> open(Secret inputKey, Bytes context, Bytes message) {
        if (message.size() < PREFIX_SIZE + TAG_SIZE) {
            return Optional.empty();
        }
        Cobblestone keys = derive(inputKey, message.slice(0, SALT_SIZE), context);
        byte[] claimed = message.slice(SALT_SIZE, PREFIX_SIZE).toArray();
        return MessageDigest.isEqual(keys.commitment, claimed)
                ? keys.openChunks(message.slice(PREFIX_SIZE).toArray())
                : Optional.empty();
    }

    private void sealChunks(byte[] plaintext, byte[] out) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            int at = PREFIX_SIZE;
            int from = 0;
            for (int number = 0; at < out.length; number++) {
                int size = Math.min(CHUNK_SIZE, plaintext.length - from);
                cipher.init(Cipher.ENCRYPT_MODE, key, nonce(number));
                at += cipher.doFinal(plaintext, from, size, out, at);
                from += size;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM of this Java platform failed", e);
        }
    }

    private Optional<Bytes> openChunks(byte[] sealed) {
        int chunks = (sealed.length - 1) / (CHUNK_SIZE + TAG_SIZE) + 1;
        int last = sealed.length - (chunks - 1) * (CHUNK_SIZE + TAG_SIZE);
        if (last < TAG_SIZE || last == CHUNK_SIZE + TAG_SIZE) {
            return Optional.empty();
        }
        byte[] plaintext = new byte[sealed.length - chunks * TAG_SIZE];
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            int at = 0;
            for (int number = 0; number < chunks; number++) {
                int size = number == chunks - 1 ? last : CHUNK_SIZE + TAG_SIZE;
                cipher.init(Cipher.DECRYPT_MODE, key, nonce(number));
                at += cipher.doFinal(sealed, number * (CHUNK_SIZE + TAG_SIZE), size, plaintext, at);
            }
            return Optional.of(Bytes.owning(plaintext));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM of this Java platform failed", e);
        }
    }

    private GCMParameterSpec nonce(int chunk) {
        byte[] nonce = baseNonce.clone();
        for (int i = 0; i < Integer.BYTES; i++) {
            nonce[NONCE_SIZE - 1 - i] ^= (byte) (chunk >>> (8 * i));
        }
        return new GCMParameterSpec(TAG_SIZE * 8, nonce);
    }
}
