package dev.cairn.simulation;

import java.util.Arrays;

/** Which changes of which device a version of a file includes: a counter per device. Immutable. */
final class VersionVector {

    static final VersionVector EMPTY = new VersionVector(new long[0]);

    private final long[] counters;

    private VersionVector(long[] counters) {
        this.counters = counters;
    }

    /** How two vectors relate. */
    enum Relation {
        EQUAL,
        OLDER,
        NEWER,
        CONCURRENT
    }

    /** This one with a change more, whose counter is greater than any earlier one of that device. */
    VersionVector with(int device, long counter) {
        long[] next = Arrays.copyOf(counters, Math.max(counters.length, device + 1));
        next[device] = counter;
        return new VersionVector(next);
    }

    VersionVector merge(VersionVector other) {
        long[] both = Arrays.copyOf(counters, Math.max(counters.length, other.counters.length));
        for (int i = 0; i < other.counters.length; i++) {
            both[i] = Math.max(both[i], other.counters[i]);
        }
        return new VersionVector(both);
    }

    /** How this one relates to {@code other}: OLDER means that the other includes all of this one and more. */
    Relation relationTo(VersionVector other) {
        boolean less = false;
        boolean more = false;
        for (int i = 0; i < Math.max(counters.length, other.counters.length); i++) {
            long mine = counter(i);
            long theirs = other.counter(i);
            less |= mine < theirs;
            more |= mine > theirs;
        }
        return less ? (more ? Relation.CONCURRENT : Relation.OLDER) : (more ? Relation.NEWER : Relation.EQUAL);
    }

    /** Whether this one has everything of {@code other}. */
    boolean includes(VersionVector other) {
        Relation relation = relationTo(other);
        return relation == Relation.EQUAL || relation == Relation.NEWER;
    }

    private long counter(int device) {
        return device < counters.length ? counters[device] : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionVector that && relationTo(that) == Relation.EQUAL;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < counters.length; i++) {
            hash += Long.hashCode(counters[i]) * (i + 31);
        }
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(counters);
    }
}
