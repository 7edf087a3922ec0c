package dev.cairn.replica.history;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.format.ChainPoint;
import dev.cairn.replica.store.Line;

/**
 * A line, where it ends now, and by which names the engine knows its changes.
 *
 * <p>The engine counts the changes of every actor from 1. The changes of a branch are known to it under the branch's
 * own actor, so their numbers start after the fork. A line beside which no other branch counts goes on under the actor
 * and the numbers of the line before it.
 */
final class LineState {
    private final Line line;
    private final ActorId own;
    private final LineHashes hashes = new LineHashes();
    private ChainPoint end;
    private ActorId actor;
    private long before;

    LineState(Line line, ChainPoint end) {
        this.line = line;
        this.end = end;
        this.own = new ActorId(line.actor().getLong(0), line.actor().getLong(8));
        this.actor = own;
        this.before = line.fork();
    }

    /** Makes its changes those of an actor of their own; returns whether that is new. */
    boolean startActor() {
        return name(own, line.fork());
    }

    /** Makes its changes the next ones of the actor of its parent; returns whether that is new. */
    boolean continueActor(LineState parent) {
        return name(parent.actor, parent.before);
    }

    private boolean name(ActorId newActor, long newBefore) {
        boolean renamed = !actor.equals(newActor) || before != newBefore;
        actor = newActor;
        before = newBefore;
        return renamed;
    }

    /** Whether the engine knows its changes as those of another actor than the line it branches from. */
    boolean startsActor() {
        return isBranch() && actor.equals(own);
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
        return new ChangeId(actor, seq - before);
    }

    /** The writer's number of a change which the engine knows under this line's actor. */
    long seqOf(ChangeId change) {
        return change.seq() + before;
    }

    /** Up to which of its numbers its changes are in a version; its fork if none is. */
    long through(VersionVector version) {
        return Math.max(line.fork(), Math.min(end.seq(), before + version.of(actor)));
    }

    /** The engine's name of this line, which starts an actor, as a branch of its parent. */
    Branch branchOf(LineState parent) {
        return new Branch(actor, parent.actor, line.fork() - parent.before);
    }

    boolean isBranch() {
        return line.parent() != 0;
    }
}
