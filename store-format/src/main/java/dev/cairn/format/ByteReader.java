package dev.cairn.format;

/**
 * A position in bytes from which numbers and bytes are read; the counterpart of {@link ByteWriter}.
 *
 * <p>Reading behind the end, and a varint which is not in its shortest form, throw {@link MalformedException}. Not
 * thread-safe.
 */
public final class ByteReader {
    private static final int VARINT_BYTES_MAX = 9;

    private final byte[] array;
    private final int start;
    private final int end;
    private int at;

    /** A reader at the first of {@code bytes}. */
    public ByteReader(Bytes bytes) {
        this(bytes.array(), bytes.offset(), bytes.offset() + bytes.size());
    }

    ByteReader(byte[] array, int from, int to) {
        this.array = array;
        this.start = from;
        this.at = from;
        this.end = to;
    }

    /** The number of bytes read. */
    public int position() {
        return at - start;
    }

    /** The number of bytes left. */
    public int remaining() {
        return end - at;
    }

    /** A number from 0 to 255. */
    public int u8() throws MalformedException {
        require(1);
        return array[at++] & 0xff;
    }

    /** Four bytes as a number from 0 to 2^31 - 1. */
    public int u31() throws MalformedException {
        require(Integer.BYTES);
        int value = BigEndian.getInt(array, at);
        if (value < 0) {
            throw malformed("a number above 2^31 - 1");
        }
        at += Integer.BYTES;
        return value;
    }

    /** Eight bytes. */
    public long u64() throws MalformedException {
        require(Long.BYTES);
        long value = BigEndian.getLong(array, at);
        at += Long.BYTES;
        return value;
    }

    /** A varint of at most 63 bits in its shortest form. */
    public long varint() throws MalformedException {
        if (at < end && array[at] >= 0) {
            return array[at++];
        }
        return longVarint();
    }

    /** A varint of at most {@code max}. */
    public int varint(int max) throws MalformedException {
        long value = varint();
        if (value > max) {
            throw malformed("the number " + value + " above " + max);
        }
        return (int) value;
    }

    /** A number of either sign written by {@link ByteWriter#zigzag}. */
    public long zigzag() throws MalformedException {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** The next {@code size} bytes, sharing memory with the source. */
    public Bytes bytes(int size) throws MalformedException {
        require(size);
        Bytes value = Bytes.shared(array, at, size);
        at += size;
        return value;
    }

    /** All bytes which are left. */
    public Bytes rest() {
        Bytes value = Bytes.shared(array, at, end - at);
        at = end;
        return value;
    }

    /** Checks that nothing is left. */
    public void end() throws MalformedException {
        if (at != end) {
            throw malformed((end - at) + " bytes more than expected");
        }
    }

    private long longVarint() throws MalformedException {
        long value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX; i++) {
            int next = u8();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                if (next == 0 && i > 0) {
                    throw malformed("a varint not in its shortest form");
                }
                return value;
            }
        }
        throw malformed("a varint above 2^63 - 1");
    }

    private void require(int size) throws MalformedException {
        if (size > end - at) {
            throw malformed((end - at) + " bytes where " + size + " are needed");
        }
    }

    private MalformedException malformed(String found) {
        return new MalformedException("byte " + position() + ": found " + found);
    }
}
