package dev.cairn.crdt.sequence;

import org.jspecify.annotations.Nullable;

/** A stretch of a sequence's content, to which a reader can pin what it made of it: it stays until the units change. */
public interface Part {
    /** Returns how many units there are. */
    int size();

    /** Returns the unit at an index. */
    int get(int index);

    /** Returns what was pinned to just these units, or null. */
    @Nullable
    Object pinned();

    /** Pins something. */
    void pin(Object made);
}
