package dev.cairn.format;

import java.util.Arrays;

/**
 * A growing buffer which numbers and bytes are appended to; all fixed-width numbers are big-endian. Not thread-safe.
 */
public final class ByteWriter {
    private byte[] array;
    private int size;

    /** An empty buffer. */
    public ByteWriter() {
        this(64);
    }

    /** An empty buffer with room for {@code capacity} bytes. */
    public ByteWriter(int capacity) {
        this.array = new byte[Math.max(16, capacity)];
    }

    /** The number of bytes so far. */
    public int size() {
        return size;
    }

    /** One byte, {@code value} modulo 256. */
    public ByteWriter u8(int value) {
        reserve(1);
        array[size++] = (byte) value;
        return this;
    }

    /** Four bytes. */
    public ByteWriter u32(int value) {
        reserve(Integer.BYTES);
        BigEndian.putInt(array, size, value);
        size += Integer.BYTES;
        return this;
    }

    /** Eight bytes. */
    public ByteWriter u64(long value) {
        reserve(Long.BYTES);
        BigEndian.putLong(array, size, value);
        size += Long.BYTES;
        return this;
    }

    /** A number of 0 or more in groups of seven bits, the lowest first, each but the last with its high bit set. */
    public ByteWriter varint(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        reserve(9);
        long rest = value;
        while (rest >= 0x80) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
        return this;
    }

    /** A number of either sign as a varint: 0, -1, 1, -2, 2 and so on become 0, 1, 2, 3, 4. */
    public ByteWriter zigzag(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    /** The bytes themselves, without a length. */
    public ByteWriter bytes(Bytes value) {
        return raw(value.array(), value.offset(), value.size());
    }

    /** {@code count} zero bytes. */
    public ByteWriter zeros(int count) {
        reserve(count);
        Arrays.fill(array, size, size + count, (byte) 0);
        size += count;
        return this;
    }

    /** A copy of the bytes so far. */
    public Bytes toBytes() {
        return Bytes.copyOf(array, 0, size);
    }

    ByteWriter raw(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, array, size, length);
        size += length;
        return this;
    }

    void truncate(int newSize) {
        size = newSize;
    }

    byte[] array() {
        return array;
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > array.length) {
            array = Arrays.copyOf(array, (int) Math.min(Math.max(needed, 2L * array.length), Integer.MAX_VALUE - 8));
        }
    }
}
