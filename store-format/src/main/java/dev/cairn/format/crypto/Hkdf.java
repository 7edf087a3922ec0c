package dev.cairn.format.crypto;

import dev.cairn.format.Bytes;
import java.util.Arrays;
import javax.crypto.Mac;

/** The key derivation of RFC 5869 over HMAC-SHA-256 or HMAC-SHA-512. */
public enum Hkdf {
    /** HKDF over SHA-256. */
    SHA256("HmacSHA256", 32),
    /** HKDF over SHA-512. */
    SHA512("HmacSHA512", 64);

    private final String algorithm;
    private final int hashSize;

    Hkdf(String algorithm, int hashSize) {
        this.algorithm = algorithm;
        this.hashSize = hashSize;
    }

    /** Extract and expand: {@code size} bytes from {@code input}, an optional salt (empty for none) and a label. */
    public Secret derive(Secret input, Bytes salt, Bytes info, int size) {
        byte[] key = salt.isEmpty() ? new byte[hashSize] : salt.toArray();
        byte[] extracted = mac(key).doFinal(input.array());
        try {
            return Secret.owning(expand(extracted, info.toArray(), size));
        } finally {
            Arrays.fill(extracted, (byte) 0);
        }
    }

    /** Extract and expand without salt, with {@code info} in ASCII. */
    public Secret derive(Secret input, String info, int size) {
        return derive(input, Bytes.empty(), Bytes.utf8(info), size);
    }

    /** The expand step alone. */
    byte[] expand(byte[] pseudoRandomKey, byte[] info, int size) {
        if (size > 255 * hashSize) {
            throw new IllegalArgumentException("HKDF gives at most " + 255 * hashSize + " bytes, not " + size);
        }
        Mac mac = mac(pseudoRandomKey);
        byte[] output = new byte[size];
        byte[] block = new byte[0];
        int at = 0;
        for (int counter = 1; at < size; counter++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) counter);
            block = mac.doFinal();
            int take = Math.min(block.length, size - at);
            System.arraycopy(block, 0, output, at, take);
            at += take;
        }
        return output;
    }

    private Mac mac(byte[] key) {
        return Hmac.initialised(algorithm, key);
    }
}
