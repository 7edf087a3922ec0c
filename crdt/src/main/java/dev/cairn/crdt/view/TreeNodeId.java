package dev.cairn.crdt.view;

import dev.cairn.crdt.version.ActorId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a tree's node, which it keeps wherever it goes: the operation that made it.
 *
 * <p>Callers keep it as it is, or as text. Only when a writer turns out to be forked do the nodes made beyond the fork
 * get the names of their branch; editors find them by the former ones, too, as long as these mean one node.
 *
 * @param actor who made the node
 * @param seq the number of the change
 * @param index the index of the operation in the change
 */
public record TreeNodeId(ActorId actor, long seq, int index) implements Comparable<TreeNodeId> {
    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{16})([0-9a-f]{16})-([1-9][0-9]{0,17})-(0|[1-9][0-9]{0,9})");

    public TreeNodeId {
        if (seq < 1 || index < 0) {
            throw new IllegalArgumentException("no operation has number " + seq + " and index " + index);
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static TreeNodeId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(4)) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a node of a tree is named by 32 hexadecimal digits, '-', a number, '-'"
                    + " and a number, found \"" + text + '"');
        }
        ActorId actor =
                new ActorId(Long.parseUnsignedLong(matcher.group(1), 16), Long.parseUnsignedLong(matcher.group(2), 16));
        return new TreeNodeId(actor, Long.parseLong(matcher.group(3)), Integer.parseInt(matcher.group(4)));
    }

    /** Compares by the actors' bytes, then the numbers. */
    @Override
    public int compareTo(TreeNodeId other) {
        int byActor = actor.compareTo(other.actor);
        int bySeq = byActor != 0 ? byActor : Long.compare(seq, other.seq);
        return bySeq != 0 ? bySeq : Integer.compare(index, other.index);
    }

    /** Returns the text form: the actor in hexadecimal, the change's number and the index, joined by '-'. */
    @Override
    public String toString() {
        return actor + "-" + seq + '-' + index;
    }
}
