package dev.cairn.crdt.view;

/** An immutable view of a counter. */
public non-sealed interface CounterView extends Node {
    /** Returns the sum of all increments, modulo 2^64. */
    long value();
}
