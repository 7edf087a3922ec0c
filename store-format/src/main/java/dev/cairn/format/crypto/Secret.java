package dev.cairn.format.crypto;

import dev.cairn.format.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Secret bytes which can be wiped and which no message, log or {@code toString} ever shows.
 *
 * <p>{@link #close} overwrites them; using a closed secret is a bug and throws {@link IllegalStateException}.
 * Equality is by content in constant time. Thread-safe as long as nobody closes it while it is in use.
 */
public final class Secret implements AutoCloseable {
    private final byte[] bytes;
    private boolean closed;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Fresh unpredictable bytes; {@code random} must be a {@code SecureRandom} outside of simulations. */
    public static Secret random(int size, RandomGenerator random) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return new Secret(bytes);
    }

    /**
     * A copy of {@code bytes}, which stay readable where they are: for test vectors and for secrets inside decrypted
     * text.
     */
    public static Secret copyOf(Bytes bytes) {
        return new Secret(bytes.toArray());
    }

    /** A copy of the remaining bytes of {@code source}, which is drained; the caller wipes it. */
    public static Secret readFrom(ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        return new Secret(bytes);
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** Copies the bytes to {@code target}, which the caller wipes after use. */
    public void writeTo(ByteBuffer target) {
        target.put(array());
    }

    /** A second secret with the same bytes, which lives on when this one is closed. */
    public Secret copy() {
        return new Secret(array().clone());
    }

    /** The bytes themselves, for the primitives of this package. */
    byte[] array() {
        if (closed) {
            throw new IllegalStateException("the secret was closed");
        }
        return bytes;
    }

    static Secret owning(byte[] bytes) {
        return new Secret(bytes);
    }

    /** Overwrites the bytes. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        closed = true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(array(), that.array());
    }

    /** The same number for all secrets of one size, because a hash would tell something of the content. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
