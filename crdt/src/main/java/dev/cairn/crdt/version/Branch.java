package dev.cairn.crdt.version;

/**
 * One of several ways in which an actor goes on, under an id of its own: a writer which made two changes of one number.
 *
 * <p>What the parent's id would call change {@code fork + n} is change {@code n} of the branch. A branch may have
 * branches in turn.
 *
 * @param actor who makes the changes of the branch
 * @param parent whose changes come before
 * @param fork the number of the parent's last change
 */
public record Branch(ActorId actor, ActorId parent, long fork) {
    /** Checks the fork. */
    public Branch {
        if (fork < 0 || actor.equals(parent)) {
            throw new IllegalArgumentException("no branch of " + parent + " behind " + fork + ": " + actor);
        }
    }
}
