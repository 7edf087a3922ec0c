package dev.cairn.crdt.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Hashes the bytes of keys and names. They depend on a number which each process draws for itself, so that nobody can
 * write many keys with one hash: a table would have to pass all of them to find one.
 */
public final class KeyHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** An odd number whose bits are half ones, in no pattern: the golden ratio. */
    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    private static final long SECRET = new SplittableRandom().nextLong();

    private KeyHash() {}

    /** Returns a hash all of whose bits depend on all bytes; another one in each process. */
    public static int of(byte[] bytes, int start, int length) {
        int end = start + length;
        long hash = mixed(SECRET ^ length);
        int i = start;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(bytes, i));
        }
        long rest = 0;
        for (; i < end; i++) {
            rest = rest << Byte.SIZE | (bytes[i] & 0xFF);
        }
        hash = mixed(hash ^ rest);
        return (int) (hash ^ hash >>> 32);
    }

    /** Multiplies to 128 bits and folds these. */
    private static long mixed(long value) {
        return Math.multiplyHigh(value, SCATTER) ^ value * SCATTER ^ SECRET;
    }
}
