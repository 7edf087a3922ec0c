package dev.cairn.format;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The name of one writer: one incarnation of one device, the only one which writes the files under its directory.
 *
 * <p>16 bytes, held as two big-endian halves and ordered as unsigned bytes. Printed as 26 lower-case base32 digits.
 */
public record WriterId(long high, long low) implements Comparable<WriterId> {
    /** The size of an id in bytes. */
    public static final int SIZE = 16;

    /** The id with the given 16 bytes. */
    public static WriterId of(Bytes bytes) {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("an id has 16 bytes, not " + bytes.size());
        }
        return new WriterId(bytes.getLong(0), bytes.getLong(8));
    }

    /** A fresh id of 128 random bits; {@code random} must be unpredictable outside of simulations. */
    public static WriterId random(RandomGenerator random) {
        return new WriterId(random.nextLong(), random.nextLong());
    }

    /** The id written as {@code text}, or nothing when that is not exactly its printed form. */
    public static Optional<WriterId> parse(String text) {
        return Base32.read(text).map(bytes -> new WriterId(bytes.getLong(0), bytes.getLong(8)));
    }

    /** The 16 bytes. */
    public Bytes bytes() {
        byte[] array = new byte[SIZE];
        BigEndian.putLong(array, 0, high);
        BigEndian.putLong(array, 8, low);
        return Bytes.owning(array);
    }

    @Override
    public int compareTo(WriterId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /** The 26 base32 digits. */
    @Override
    public String toString() {
        return Base32.write(high, low);
    }
}
