package dev.cairn.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable sequence of bytes.
 *
 * <p>Slices share the underlying array, so a slice of a large file keeps the whole file in memory; {@link #compact()}
 * detaches it. Comparison is by unsigned bytes. Not for secrets: contents cannot be wiped and {@link #equals} is not
 * constant-time; see {@code dev.cairn.format.crypto.Secret}.
 */
public final class Bytes implements Comparable<Bytes> {
    private static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** The empty sequence. */
    public static Bytes empty() {
        return EMPTY;
    }

    /** A copy of the given bytes; each argument is taken modulo 256. */
    public static Bytes of(int... values) {
        byte[] array = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            array[i] = (byte) values[i];
        }
        return owning(array);
    }

    /** A copy of {@code source}. */
    public static Bytes copyOf(byte[] source) {
        return owning(source.clone());
    }

    /** A copy of {@code length} bytes of {@code source} from {@code offset}. */
    public static Bytes copyOf(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        return owning(Arrays.copyOfRange(source, offset, offset + length));
    }

    /** A copy of the remaining bytes of {@code source}, whose position does not move. */
    public static Bytes copyOf(ByteBuffer source) {
        byte[] array = new byte[source.remaining()];
        source.get(source.position(), array);
        return owning(array);
    }

    /** The bytes of {@code array} without a copy; the caller gives the array away and must not touch it again. */
    public static Bytes owning(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
    }

    /** The bytes of {@code text} in UTF-8. */
    public static Bytes utf8(String text) {
        return owning(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes written in {@code hex}, two lower or upper-case digits for each. */
    public static Bytes hex(String hex) {
        return owning(HexFormat.of().parseHex(hex));
    }

    /** All parts one after another. */
    public static Bytes concat(Bytes... parts) {
        int total = 0;
        for (Bytes part : parts) {
            total = Math.addExact(total, part.length);
        }
        byte[] all = new byte[total];
        int at = 0;
        for (Bytes part : parts) {
            System.arraycopy(part.array, part.offset, all, at, part.length);
            at += part.length;
        }
        return owning(all);
    }

    /** The number of bytes. */
    public int size() {
        return length;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** The byte at {@code index} as a number from -128 to 127. */
    public byte get(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /** The byte at {@code index} as a number from 0 to 255. */
    public int unsigned(int index) {
        return get(index) & 0xff;
    }

    /** The four bytes at {@code index}, big-endian. */
    public int getInt(int index) {
        Objects.checkFromIndexSize(index, Integer.BYTES, length);
        return BigEndian.getInt(array, offset + index);
    }

    /** The eight bytes at {@code index}, big-endian. */
    public long getLong(int index) {
        Objects.checkFromIndexSize(index, Long.BYTES, length);
        return BigEndian.getLong(array, offset + index);
    }

    /** The bytes in {@code [from, to)}, sharing memory with this. */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        return from == to ? EMPTY : new Bytes(array, offset + from, to - from);
    }

    /** The bytes from {@code from} to the end, sharing memory with this. */
    public Bytes slice(int from) {
        return slice(from, length);
    }

    /** Equal bytes which keep no larger array alive. */
    public Bytes compact() {
        return length == array.length ? this : owning(toArray());
    }

    /** Whether the first bytes are those of {@code prefix}. */
    public boolean startsWith(Bytes prefix) {
        return length >= prefix.length && slice(0, prefix.length).equals(prefix);
    }

    /** A fresh array with the bytes. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** A read-only view from position 0 to {@link #size()}, big-endian. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    /** Copies all bytes to {@code target} from {@code at}. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, length);
    }

    /** Feeds all bytes to {@code digest}. */
    public void updateTo(MessageDigest digest) {
        digest.update(array, offset, length);
    }

    /** Appends all bytes to {@code out}. */
    public void writeTo(ByteArrayOutputStream out) {
        out.write(array, offset, length);
    }

    /** The SHA-256 of the bytes. */
    public Bytes sha256() {
        MessageDigest digest = newSha256();
        updateTo(digest);
        return owning(digest.digest());
    }

    /** A fresh SHA-256; every Java platform has it. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-256", e);
        }
    }

    /** The bytes as lower-case hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }

    static Bytes shared(byte[] array, int offset, int length) {
        return length == 0 ? EMPTY : new Bytes(array, offset, length);
    }

    byte[] array() {
        return array;
    }

    int offset() {
        return offset;
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(
                array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The first bytes in hexadecimal and the size, for messages. */
    @Override
    public String toString() {
        return length <= 32 ? toHex() : slice(0, 16).toHex() + "... (" + length + " bytes)";
    }
}
