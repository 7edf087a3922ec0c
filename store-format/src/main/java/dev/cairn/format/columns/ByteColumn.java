package dev.cairn.format.columns;

import dev.cairn.format.Bytes;
import java.util.Arrays;

/** A growing array of bytes. */
final class ByteColumn {
    private byte[] bytes = new byte[32];
    private int size;

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    void octet(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** A number of 64 bits, unsigned, in groups of seven, the lowest first. */
    void varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void fixed(long value) {
        reserve(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void append(byte[] source, int from, int to) {
        int length = to - from;
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void clear() {
        size = 0;
    }

    Bytes toBytes() {
        return Bytes.copyOf(bytes, 0, size);
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, 2L * bytes.length), Integer.MAX_VALUE - 8));
        }
    }
}
