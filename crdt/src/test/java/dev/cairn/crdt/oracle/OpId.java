package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.Comparator;

/**
 * The name of one operation, of one character even.
 *
 * @param document in which document
 * @param actor who made it
 * @param seq in which change
 * @param index its place within the document's part of the change
 */
record OpId(String document, ActorId actor, long seq, int index) implements Comparable<OpId> {
    /** The order of actors' bytes, by their hexadecimal digits. */
    static final Comparator<ActorId> BY_BYTES = Comparator.comparing(ActorId::toString);

    private static final Comparator<OpId> ORDER = Comparator.comparing(OpId::actor, BY_BYTES)
            .thenComparingLong(OpId::seq)
            .thenComparingInt(OpId::index);

    ChangeId change() {
        return new ChangeId(actor, seq);
    }

    /** Returns the operation that many places later in the same change. */
    OpId plus(int places) {
        return new OpId(document, actor, seq, index + places);
    }

    @Override
    public int compareTo(OpId other) {
        return ORDER.compare(this, other);
    }
}
