package dev.cairn.crdt.edit;

/** The editor of a counter: a sum to which every device adds, modulo 2^64. */
public interface CounterEditor {
    /** Adds to the sum; 0 changes nothing. */
    CounterEditor add(long delta);

    /** Returns the sum, edits of this session included. */
    long value();
}
