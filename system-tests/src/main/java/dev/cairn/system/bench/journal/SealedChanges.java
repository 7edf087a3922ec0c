package dev.cairn.system.bench.journal;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.format.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Changes of one writer without parents, each encoded, chained by SHA-256 and encrypted by itself with AES-256-GCM
 * under one key and a counter: what it would cost to send every change as a message of its own. The format itself
 * encrypts files and not changes.
 */
public final class SealedChanges {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final MessageDigest sha256 = Bytes.newSha256();
    private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
    private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
    private final Cipher cipher;
    private byte[] chain = new byte[32];
    private byte[] plain = new byte[256];
    private byte[] out = new byte[CHUNK_BYTES];
    private long lamport;
    private long time;
    private long bytes;

    public SealedChanges() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no AES-GCM", e);
        }
    }

    /** Adds a change that follows the last one. */
    public void add(LocalChange change) {
        if (change.isEmpty()) {
            return;
        }
        int length = change.operations().remaining();
        if (length + 32 > plain.length) {
            plain = new byte[length + 32];
            out = new byte[Math.max(out.length, plain.length + TAG_BYTES)];
        }
        int at = varint(0, change.lamport() - lamport);
        long step = change.timeMillis() - time;
        at = varint(at, (step << 1) ^ (step >> 63));
        at = varint(at, 0); // parents
        at = varint(at, 0); // message
        change.operations().get(change.operations().position(), plain, at, length);
        lamport = change.lamport();
        time = change.timeMillis();
        seal(at + length);
    }

    private int varint(int at, long value) {
        int next = at;
        long rest = value;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            plain[next++] = (byte) (rest | 0x80);
        }
        plain[next++] = (byte) rest;
        return next;
    }

    private void seal(int length) {
        try {
            sha256.update(chain);
            sha256.update(plain, 0, length);
            chain = sha256.digest();
            nonce.putLong(0, nonce.getLong(0) + 1);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, nonce.array()));
            bytes += cipher.doFinal(plain, 0, length, out, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM of this Java platform failed", e);
        }
    }

    /** How many bytes all messages have. */
    public long bytes() {
        return bytes;
    }
}
