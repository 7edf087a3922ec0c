package dev.cairn.crdt.codec;

/** A cursor over bytes which are read strictly, with the numbers of {@link OperationReader}. */
public final class ByteSource {
    private final OperationReader reader = new OperationReader();

    /** Reads from one index of an array to another. */
    public ByteSource(byte[] bytes, int from, int to) {
        reader.reset(bytes, from, to);
    }

    /** Returns the array. */
    public byte[] array() {
        return reader.bytes;
    }

    /** Reads one byte. */
    public int octet() {
        return array()[skip(1)] & 0xff;
    }

    /** Reads an unsigned varint. */
    public long varint() {
        return reader.varint();
    }

    /** Reads an unsigned varint below 2^31. */
    public int varint31() {
        return reader.varint31();
    }

    /** Reads how many things of at least that many bytes follow. */
    public int count(int bytesEach) {
        int count = reader.varint31();
        if (count > reader.remaining() / bytesEach) {
            throw OperationReader.malformed(count + " things in " + reader.remaining() + " bytes");
        }
        return count;
    }

    /** Reads a signed number. */
    public long zigzag() {
        return reader.zigzag();
    }

    /** Reads eight bytes. */
    public long fixed() {
        return reader.fixed();
    }

    /** Passes over that many bytes and returns where they start. */
    public int skip(int length) {
        if (length > reader.remaining()) {
            throw OperationReader.malformed(length + " bytes are cut off");
        }
        int start = reader.position;
        reader.position += length;
        return start;
    }

    /** Passes over that many bytes, which must be UTF-8, and returns where they start. */
    public int text(int length) {
        int start = skip(length);
        int at = start;
        while (at < start + length) {
            at = Utf8.skip(array(), at, start + length);
        }
        return start;
    }

    /** Reads 0 or 1. */
    public boolean flag() {
        int flag = octet();
        if (flag > 1) {
            throw OperationReader.malformed("a flag of " + flag);
        }
        return flag == 1;
    }

    /** Passes over a scalar, or a list's container if that may be, and returns where it starts. */
    public int value(boolean element) {
        int start = reader.position;
        reader.value(element);
        return start;
    }

    /** Checks that everything is read. */
    public void requireEnd() {
        if (reader.remaining() > 0) {
            throw OperationReader.malformed(reader.remaining() + " bytes too many");
        }
    }
}
