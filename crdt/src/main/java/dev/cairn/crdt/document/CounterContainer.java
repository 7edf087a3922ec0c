package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;

/** A counter: the sum of all increments, modulo 2^64. */
public final class CounterContainer extends Container {
    private long sum;

    CounterContainer(Origin origin, int index) {
        super(origin, ContainerType.COUNTER, index);
    }

    /** Returns the sum of all increments. */
    public long sum() {
        return sum;
    }

    /** Adds an increment. */
    public void add(long delta) {
        sum += delta;
    }
}
