package dev.cairn.format.columns;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import java.util.Arrays;

/** The bytes of changes while they are put together; grows no further than the limits allow. */
final class ChangeBuffer {
    private byte[] bytes = new byte[1024];
    private int size;
    private int limit;

    /** The next change begins here. */
    void begin() {
        limit = Math.min(Limits.RAW_BYTES_MAX, size + Limits.CHANGE_BYTES_MAX);
    }

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    void octet(int value) throws MalformedException {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void varint(long value) throws MalformedException {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        if (size > limit) {
            throw tooLarge();
        }
    }

    void fixed(long value) throws MalformedException {
        require(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Moves bytes here from a column. */
    void copy(ByteSlice from, int length) throws MalformedException {
        append(from.array(), from.skip(length), length);
    }

    void append(byte[] source, int from, int length) throws MalformedException {
        require(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    Bytes toBytes() {
        return Bytes.copyOf(bytes, 0, size);
    }

    private void require(int more) throws MalformedException {
        if (more > limit - size) {
            throw tooLarge();
        }
        reserve(more);
    }

    private static MalformedException tooLarge() {
        return new MalformedException(
                "a change above " + Limits.CHANGE_BYTES_MAX + " bytes, or all above " + Limits.RAW_BYTES_MAX);
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
