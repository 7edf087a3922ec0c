package dev.cairn.crdt;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Consecutive changes of one actor, as the input of {@link DocumentSet#integrate}: a flyweight over columns.
 *
 * <p>The set copies what it keeps, so that a run may be reused as soon as the call has returned. Index {@code i} goes
 * from 0 to {@code size() - 1} and names the change {@code firstSeq() + i}.
 */
public interface ChangeRun {
    /** Returns who made these changes. */
    ActorId actor();

    /** Returns the sequence number of the first change, at least 1. */
    long firstSeq();

    /** Returns how many changes there are. */
    int size();

    /** Returns the Lamport number of change {@code i}: 1 + the greatest among its parents', own previous included. */
    long lamport(int i);

    /** Returns the wall time of change {@code i} in milliseconds since 1970, for display only. */
    long timeMillis(int i);

    /** Returns the parents of change {@code i} among other actors, sorted by actor; the own previous one is implied. */
    List<ChangeId> parents(int i);

    /** Returns the bytes which hold the operations of all changes; absolute indexes, position and limit are ignored. */
    ByteBuffer buffer();

    /** Returns where in {@link #buffer()} the operations of change {@code i} start. */
    int operationsStart(int i);

    /** Returns where in {@link #buffer()} the operations of change {@code i} end, exclusive. */
    int operationsEnd(int i);
}
