package dev.cairn.crdt.version;

import org.jspecify.annotations.Nullable;

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

    // written out: those of a record go through a chain of method handles, too slow for what is done for each change
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ActorId actor && actor.low == low && actor.high == high;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
    }

    /** Returns the 32 hexadecimal digits of the 16 bytes. */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
