package dev.cairn.replica.history;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.ChainPoint;
import dev.cairn.replica.store.Line;

/**
 * A line and where it ends now.
 *
 * <p>The engine counts the changes of every actor from 1. The changes of a branch are known to it under the branch's
 * own actor, so their numbers start after the fork.
 */
final class LineState {
    private final Line line;
    private final ActorId actor;
    private final LineHashes hashes = new LineHashes();
    private ChainPoint end;

    LineState(Line line, ChainPoint end) {
        this.line = line;
        this.actor = new ActorId(line.actor().getLong(0), line.actor().getLong(8));
        this.end = end;
    }

    Line line() {
        return line;
    }

    ActorId actor() {
        return actor;
    }

    ChainPoint end() {
        return end;
    }

    /** The hashes of some of its changes. */
    LineHashes hashes() {
        return hashes;
    }

    void extendTo(ChainPoint point) {
        if (point.seq() <= end.seq()) {
            throw new IllegalStateException("a line only grows: " + end.seq() + " to " + point.seq());
        }
        end = point;
    }

    /** The engine's name of a change of this line. */
    ChangeId change(long seq) {
        return new ChangeId(actor, seq - line.fork());
    }

    /** The writer's number of a change which the engine knows under this line's actor. */
    long seqOf(ChangeId change) {
        return change.seq() + line.fork();
    }

    /** The engine's name of this line as a branch of another. */
    Branch branchOf(LineState parent) {
        return new Branch(actor, parent.actor, line.fork() - parent.line.fork());
    }

    boolean isBranch() {
        return line.parent() != 0;
    }
}
