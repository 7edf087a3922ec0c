package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;

/** A counter: the sum of all increments, modulo 2^64. */
final class CounterContainer extends Container {
    long sum;

    CounterContainer(Origin origin, int index) {
        super(origin, ContainerType.COUNTER, index);
    }
}
