package dev.cairn.crdt.version;

/**
 * The name of a change: its actor and its place in the actor's sequence 1, 2, 3, ...
 *
 * @param actor who made the change
 * @param seq its number, at least 1
 */
public record ChangeId(ActorId actor, long seq) implements Comparable<ChangeId> {
    public ChangeId {
        if (seq < 1) {
            throw new IllegalArgumentException("a sequence number starts at 1, found " + seq);
        }
    }

    @Override
    public int compareTo(ChangeId other) {
        int byActor = actor.compareTo(other.actor);
        return byActor != 0 ? byActor : Long.compare(seq, other.seq);
    }

    @Override
    public String toString() {
        return actor + ":" + seq;
    }
}
