package dev.cairn.crdt.version;

/**
 * The 128-bit name of whoever makes changes one after another: a writer, or one branch of a forked writer.
 *
 * <p>Actors are ordered as their 16 bytes are, unsigned and big-endian.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record ActorId(long high, long low) implements Comparable<ActorId> {
    @Override
    public int compareTo(ActorId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Returns the 32 hexadecimal digits of the 16 bytes. */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
