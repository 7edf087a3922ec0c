package dev.cairn.crdt.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing array of bytes to which the codecs write. */
public final class ByteSink {
    private byte[] bytes = new byte[64];
    private int length;

    private void room(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }

    /** Appends one byte. */
    public void octet(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    /** Appends an unsigned varint: 7 bits a byte, low bits first, minimal. */
    public void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** Appends a signed number as a varint, small absolute values short. */
    public void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    /** Appends eight bytes, big-endian. */
    public void fixed(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /** Appends bytes. */
    public void bytes(byte[] source, int start, int count) {
        room(count);
        System.arraycopy(source, start, bytes, length, count);
        length += count;
    }

    /** Appends what remains in the buffer. */
    public void bytes(ByteBuffer source) {
        int count = source.remaining();
        room(count);
        source.get(source.position(), bytes, length, count);
        length += count;
    }

    /** Appends a string as its length in bytes and its UTF-8. */
    public void string(String string) {
        byte[] utf8 = Utf8.bytes(string);
        varint(utf8.length);
        bytes(utf8, 0, utf8.length);
    }

    /** Returns how many bytes there are. */
    public int length() {
        return length;
    }

    /** Forgets everything from that length on. */
    public void truncate(int to) {
        length = to;
    }

    /** Moves everything from a place on to another place: makes room there, or takes bytes away. */
    void move(int from, int to) {
        int grown = to - from;
        room(Math.max(0, grown));
        System.arraycopy(bytes, from, bytes, to, length - from);
        length += grown;
    }

    /** Writes a byte over the one at a place; returns the next place. */
    int setOctet(int at, int value) {
        bytes[at] = (byte) value;
        return at + 1;
    }

    /** Writes a varint over the bytes at a place, which must be as many as it takes; returns the place behind it. */
    int setVarint(int at, int value) {
        int place = at;
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes[place++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[place++] = (byte) rest;
        return place;
    }

    /** Returns how many bytes a varint takes. */
    static int varintLength(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Returns the array; only the first {@link #length()} bytes count, and only until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** Returns a read-only copy of the bytes. */
    public ByteBuffer copy() {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, length)).asReadOnlyBuffer();
    }
}
